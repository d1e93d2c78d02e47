import { camelCase, kebabCase, pascalCase, plural, sentenceCase, wordsOf } from './words.ts';

/** Names that are safe in generated code, in SQL and in addresses, and unique where they must be. */

/** Lower case. Keywords, built-in objects, and what generated modules import or declare themselves. */
const reservedTypes = new Set(
  `array object function map set date error promise string number boolean symbol regexp json math proxy reflect record
 partial pick omit readonly required exclude extract parameters awaited iterator generator bigint infinity nan undefined
 null intl atomics weakmap weakset request response headers url formdata file blob node element window react jsx fragment
 app page pages home route routes router link layout form table field column button input select schema database db 
 server env config index constructor prototype class case default package interface import export return new delete
 switch this super enum var let const if else for while do try catch finally yield await async arguments eval static public
 private protected implements extends instanceof typeof void with in of throw true false debugger break continue get
 type namespace declare any never unknown abstract as from global globalthis process require exports context hono
 api query mutation pagination seed main filter sort search buffer text
 hasownproperty tostring valueof proto`.split(/\s+/),
);

/** Lower case without separators. What every entity, every object or the query of a list has already. */
const reservedMembers = new Set(
  `id createdat updatedat constructor prototype proto tostring tolocalestring valueof hasownproperty isprototypeof
  propertyisenumerable definegetter definesetter lookupgetter lookupsetter tojson then
  page pagesize limit offset sort search q filter query
  class case default package interface import export return new delete switch this super enum var let const if else for
  while do try catch finally yield await async arguments eval static public private protected implements extends instanceof
  typeof void with in of throw true false null undefined debugger break continue function nan infinity`.split(/\s+/),
);

const reservedRoutes = new Set([
  'api',
  'new',
  'edit',
  'assets',
  'docs',
  'health',
  'healthz',
  'openapi',
  'src',
  'public',
]);

/** Whether a page or list cannot have this address, because the application has something there already. */
export function isReservedRoute(route: string): boolean {
  return reservedRoutes.has(route);
}

/** How names are compared: `postID` and `postId` make the same column. */
export function comparable(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export interface EntityNames {
  readonly words: readonly string[];
  readonly name: string;
  readonly plural: string;
  readonly label: string;
  readonly pluralLabel: string;
}

/** Names entities one after another; each name and plural is used once. */
export class EntityNamer {
  private readonly taken = new Set<string>();
  private readonly routes = new Set(reservedRoutes);

  /** The words are lower-case and singular. The label keeps them even where code needs another name. */
  next(words: readonly string[]): EntityNames {
    const base = shortened(words.filter((word) => /^[a-z0-9]+$/.test(word)).slice(-4));
    if (base.length === 0 || !/^[a-z]/.test(base[0] ?? '')) base.unshift('item');
    for (let attempt = 0; ; attempt++) {
      const suffix = attempt === 0 ? [] : attempt === 1 ? ['item'] : ['item', String(attempt)];
      const candidate = [...base, ...suffix];
      const many = suffix.length > 1 ? [...plural([...base, 'item']), String(attempt)] : plural(candidate);
      const name = pascalCase(candidate);
      const pluralName = pascalCase(many);
      const route = kebabCase(many);
      const keys = [comparable(name), comparable(pluralName)];
      const isFree =
        keys[0] !== keys[1] &&
        keys.every((key) => !this.taken.has(key) && !reservedTypes.has(key)) &&
        !this.routes.has(route);
      if (!isFree) continue;
      for (const key of keys) this.taken.add(key);
      this.routes.add(route);
      const labelled = attempt <= 1 && sentenceCase(base) !== sentenceCase(plural(base)) ? base : candidate;
      const labelledMany = labelled === base ? plural(base) : many;
      return {
        words: candidate,
        name,
        plural: pluralName,
        label: sentenceCase(labelled),
        pluralLabel: sentenceCase(labelledMany),
      };
    }
  }
}

/** Letters of a name that leave room for a plural and a suffix: where these are cut off, no name is ever free. */
const maxBaseLength = 28;

/** The last of the words that fit, as the last one says what it is. */
function shortened(words: readonly string[]): string[] {
  const kept = [...words];
  while (kept.length > 1 && kept.join('').length > maxBaseLength) kept.shift();
  return kept.map((word) => word.slice(0, maxBaseLength));
}

/** The member names of one entity: fields, relations with their keys, and what others call it by. */
export class MemberNamer {
  private readonly taken = new Set<string>();

  has(words: readonly string[]): boolean {
    return this.taken.has(comparable(camelCase(words.flatMap(wordsOf))));
  }

  isReserved(words: readonly string[]): boolean {
    return /^(?:id|createdat|updatedat|created|updated|createdon|updatedon|datecreated|dateupdated|creationdate|createddate|updateddate|lastupdated|lastmodified|modifiedat|creationtime)$/.test(
      comparable(camelCase(words)),
    );
  }

  field(words: readonly string[]): string {
    return this.free(words, ['value'], (name) => [name]);
  }

  relation(words: readonly string[]): string {
    return this.free(words, ['link'], (name) => [name, `${name}Id`, `${name}Ids`]);
  }

  inverse(words: readonly string[], through: readonly string[]): string {
    return this.free(words, ['as', ...through], (name) => [name, `${name}Id`, `${name}Ids`]);
  }

  private free(words: readonly string[], suffix: readonly string[], names: (name: string) => string[]): string {
    // Words may hold signs: "no." and "x-ray".
    const plain = words.flatMap(wordsOf);
    const base = /^[a-z]/.test(camelCase(plain)) ? plain : ['value', ...plain];
    for (let attempt = 0; ; attempt++) {
      const number = attempt > 1 ? [String(attempt)] : [];
      const name = camelCase(attempt === 0 ? base : [...base, ...suffix, ...number]);
      // A name too long for its suffix would never become free.
      const cut = attempt > 1 && !name.endsWith(String(attempt)) ? `${name.slice(0, 36)}${attempt}` : name;
      const keys = names(cut).map(comparable);
      if (keys.some((key) => this.taken.has(key)) || reservedMembers.has(comparable(cut))) continue;
      for (const key of keys) this.taken.add(key);
      return cut;
    }
  }
}

/** Makes kebab-case ids unique. */
export class IdNamer {
  private readonly taken = new Set<string>();

  next(words: readonly string[], fallback: string): string {
    const base = kebabCase(words) || fallback;
    let id = base;
    for (let n = 2; this.taken.has(id); n++) id = `${base}-${n}`;
    this.taken.add(id);
    return id;
  }
}
