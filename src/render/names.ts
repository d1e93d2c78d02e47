/** Turns the blueprint's identifiers into the forms that code, files, tables and addresses need. */

/** `HTTPServer2Log` → `HTTP`, `Server2`, `Log`. */
function words(identifier: string): string[] {
  return identifier.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+/g) ?? [identifier];
}

export function kebab(identifier: string): string {
  return words(identifier).join('-').toLowerCase();
}

/** PostgreSQL keeps names that begin with `pg_` for itself: `pgRating` → `pgrating`. */
export function snake(identifier: string): string {
  return words(identifier).join('_').toLowerCase().replace(/^pg_/, 'pg');
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

  /** One that knows the names given out so far. */
  copy(): NameSpace {
    return new NameSpace(this.#taken);
  }
}

const languageWords = new Set(
  [
    'abstract any arguments as async await break case catch class const continue debugger declare default delete do else',
    'enum eval export extends false finally for from get if implements import in instanceof interface is let module namespace',
    'never new null of package private protected public return static super switch this throw true try type typeof undefined',
    'unknown var void while with yield',
  ].flatMap((line) => line.split(' ')),
);

/** Whether it is a word of TypeScript. */
export function isWord(identifier: string): boolean {
  return languageWords.has(identifier);
}

/**
 * Names that an entity's type or variable may not have: words of the language, and what the generated modules with
 * entities' types use or import. Lower case.
 */
const reservedTypes = new Set([
  ...languageWords,
  ...[
    'array boolean date error function infinity json map math number object promise reflect regexp set string symbol url',
    'record partial pick omit readonly required exclude extract',
    'database field page problem project reference repository resource row entities fields',
  ].flatMap((line) => line.split(' ')),
]);

export function isReservedType(identifier: string): boolean {
  return reservedTypes.has(identifier.toLowerCase());
}

/** Device names of Windows, where no file can be called so. */
export function isDeviceName(identifier: string): boolean {
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(identifier);
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

/** `import-contacts` → `ImportContacts` */
export function pascalOf(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
