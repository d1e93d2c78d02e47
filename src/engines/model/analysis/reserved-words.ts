/**
 * Words that no entity, field or relation may be called, because the generated code could not be read or would not compile: those of JavaScript and TypeScript, and what every
 * object has. Words of SQL are no problem, since every name is quoted there, and names that generated modules need themselves are avoided without a word when names are given.
 */
const reserved = new Set(
  `abstract any arguments array as async await bigint boolean break case catch class const constructor continue date debugger declare default
  delete do else enum error eval export extends false finally for function if implements import in infinity instanceof interface is let
  map namespace nan never new null number object package private promise protected prototype public return set static string
  super switch symbol this throw true try type typeof undefined unknown var void while with yield`.split(/\s+/),
);

/** Fields may be called `date` or `type`: in them, only these are in the way. */
const reservedInMembers = new Set(
  `arguments await break case catch class const constructor continue debugger default delete do else enum eval export extends false finally
  for function hasownproperty if implements import in instanceof interface let new null package private protected prototype proto public return
  static super switch then this throw tojson tostring true try typeof undefined valueof var void while with yield`.split(
    /\s+/,
  ),
);

/** What every record has already. */
export const recordFields: ReadonlySet<string> = new Set(['id', 'createdat', 'updatedat']);

export function isReservedEntity(name: string): boolean {
  return reserved.has(name.toLowerCase());
}

export function isReservedMember(name: string): boolean {
  return reservedInMembers.has(name.toLowerCase());
}
