/** Turns the blueprint's identifiers into the forms that code, files, tables and addresses need. */

/** `HTTPServer2Log` → `HTTP`, `Server2`, `Log`. */
function words(identifier: string): string[] {
  return identifier.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+/g) ?? [identifier];
}

export function kebab(identifier: string): string {
  return words(identifier).join('-').toLowerCase();
}

export function snake(identifier: string): string {
  return words(identifier).join('_').toLowerCase();
}

/** `BlogPost` → `blogPost`; a leading acronym is lowered whole: `URLShortener` → `urlShortener`. */
export function camel(identifier: string): string {
  const [first = '', ...rest] = words(identifier);
  return first.toLowerCase() + rest.join('');
}

export function pascal(identifier: string): string {
  return identifier.charAt(0).toUpperCase() + identifier.slice(1);
}

/** A label in the middle of a sentence: words lose their capital, acronyms (`FAQ`, `iOS`) keep theirs. */
export function lowerLabel(label: string): string {
  return label.replace(/^\p{Lu}(?=\p{Ll}|\s|$)/u, (letter) => letter.toLowerCase());
}

/** English plural of a camelCase name's or label's last word; good enough for names, which only have to be readable. */
export function plural(name: string): string {
  if (/(s|x|z|ch|sh)$/i.test(name)) return `${name}es`;
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  if (/person$/i.test(name)) return name.replace(/erson$/i, 'eople');
  if (/child$/i.test(name)) return `${name}ren`;
  return `${name}s`;
}

/** Gives out names once: a name that is taken gets the suffix, then numbers. */
export class NameSpace {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  claim(name: string, suffix = ''): string {
    let candidate = name;
    for (let attempt = 1; this.#taken.has(candidate); attempt += 1) {
      candidate = name + suffix + (attempt === 1 && suffix !== '' ? '' : String(attempt + (suffix === '' ? 1 : 0)));
    }
    this.#taken.add(candidate);
    return candidate;
  }
}

/**
 * Names that an entity's type may not have, because generated modules use a global or import something of that name, or
 * because Windows has no file called so. Lower case.
 */
const reservedEntities = new Set(
  [
    // Globals of the language, the browser and Node that generated code uses.
    'array bigint boolean buffer console crypto date document element error event file formdata function global headers',
    'history image infinity intl iterator json location map math nan navigator node number object process promise proxy',
    'readonlyarray reflect regexp request response screen set string symbol url urlsearchparams weakmap window partial pick',
    'record omit required readonly exclude extract awaited parameters storage text range selection comment option',
    'htmlelement abortsignal abortcontroller uint8array weakset atomics dataview',
    // React, the router and what the generated client and server export to each other.
    'fragment react component suspense link route routes router outlet navlink navigate browserrouter hono context schema',
    'table database input form field page list detail edit home layout button app problem reference resource query column',
    'index z db sql client server seed theme api',
    // Words of TypeScript that a variable may not be called.
    'abstract any arguments as async await break case catch class const continue debugger declare default delete do else',
    'enum eval export extends false finally for from get if implements import in instanceof interface is let module namespace',
    'never new null of package private protected public return static super switch this throw true try type typeof undefined',
    'unknown var void while with yield',
    // Device names of Windows.
    'con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9',
  ].flatMap((line) => line.split(' ')),
);

export function isReservedEntity(identifier: string): boolean {
  return reservedEntities.has(identifier.toLowerCase());
}

/** JSON names that every record has, or every object inherits. */
const reservedFields = new Set(
  'id createdAt updatedAt constructor prototype toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable then toJSON'.split(
    ' ',
  ),
);

export function fieldNameSpace(): NameSpace {
  return new NameSpace(reservedFields);
}

/** Query parameters of every list. */
const listParameters = new Set(['page', 'pageSize', 'sort', 'q']);

export function filterParameter(name: string): string {
  return listParameters.has(name) ? `${name}Value` : name;
}

/** A stored value for what a person reads: `In progress` → `in-progress`. Text without Latin letters stays as it is. */
export function optionValue(label: string): string {
  const slug = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9+#]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' || /[^\p{M}\p{P}\p{S}\p{Z}a-z0-9]/iu.test(label.normalize('NFKD')) ? label : slug;
}
