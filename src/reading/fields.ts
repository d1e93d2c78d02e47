import type { Field } from '../core/blueprint-draft.ts';
import { basicTypes } from '../field-types/contract.ts';
import type { ChosenEntity } from './entities.ts';
import type { OwnedProperty } from './evidence.ts';
import { nameFacet } from './field-facets.ts';
import type { Property } from './field-lines.ts';
import type { FieldWords } from './field-words.ts';
import { uniqueFields } from './lexicon-fields.ts';
import { personNouns } from './lexicon-words.ts';
import { MemberNamer } from './names.ts';
import { sentenceCase, singular, wordsOf } from './words.ts';

/** Turns what the text and the lexicon say of an entity into typed fields. */

export const maxFields = 20;
const maxValues = 20;

export interface FieldDraft {
  readonly words: readonly string[];
  readonly property: Property;
  /** The statements that ask for it; none for what the lexicon adds. */
  readonly statements: number[];
}

export interface FieldPlan {
  readonly drafts: FieldDraft[];
  /** The text listed so many that some had to be left out; where. */
  readonly cut: readonly number[];
}

/**
 * Properties that are fields, with defaults where the text says little. Those that are relations have been taken out;
 * `givenLinks` is how many the text gave.
 */
export function planFields(
  entity: ChosenEntity,
  owned: readonly OwnedProperty[],
  givenLinks: number,
  fieldWords: FieldWords,
): FieldPlan {
  const namer = new MemberNamer();
  const drafts: FieldDraft[] = [];
  const add = (property: Property, statement: number | undefined) => {
    const words = withoutOwner(property.words.slice(0, 5), entity);
    if (words.length === 0 || namer.isReserved(words)) return;
    const same = drafts.find((draft) => isSame(draft.words, words));
    // A status that ends in "Done" says so already.
    const isDone =
      property.type === basicTypes.flag && /^(?:done|completed|finished|resolved|paid)$/.test(words.join(' '));
    if (isDone && drafts.some((draft) => draft.words.join(' ') === 'status')) return;
    if (same) {
      if (statement !== undefined && same.statements.at(-1) !== statement) same.statements.push(statement);
      // The line that says more of the type wins: "status" here and "status (open, closed)" there.
      if (property.type !== undefined && same.property.type === undefined) {
        drafts[drafts.indexOf(same)] = { ...same, property };
      }
      return;
    }
    drafts.push({ words, property, statements: statement === undefined ? [] : [statement] });
  };
  const given = owned.filter(({ isGiven }) => isGiven);
  const isGiven = new Set(given.map(({ property }) => property));
  for (const { property, statement } of given) add(property, statement);
  const isWellGiven = drafts.length >= 2 || (drafts.length === 1 && givenLinks > 0);
  const defaults = isWellGiven
    ? []
    : lexiconFields(
        entity.noun?.fields ??
          (personNouns.has(entity.key.slice(entity.key.lastIndexOf(' ') + 1))
            ? 'name!, email, phone'
            : 'name!, description'),
      );
  for (const { property, statement } of owned) {
    if (property.values || isGiven.has(property)) continue;
    // "sort posts by date": the date that posts have, before they get another one.
    const words = withoutOwner(property.words.slice(0, 5), entity);
    const draft =
      property.type === undefined ? drafts.find((known) => isMeant(words, known.words, fieldWords)) : undefined;
    const usual =
      property.type === undefined ? defaults.find((known) => isMeant(words, known.words, fieldWords)) : undefined;
    if (draft && !draft.statements.includes(statement)) draft.statements.push(statement);
    if (!draft) add(usual ?? property, statement);
  }
  for (const { property, statement } of owned) if (property.values) add(property, statement);
  const fromText = drafts.splice(0);
  for (const property of defaults)
    if (!fromText.some((draft) => isSame(draft.words, property.words))) add(property, undefined);
  // What the lexicon knows to come first (a title) stays first; an own list keeps its order.
  const merged = isWellGiven ? fromText : placed(defaults, drafts, fromText);
  return { drafts: merged.slice(0, maxFields), cut: merged.slice(maxFields).flatMap(({ statements }) => statements) };
}

/** Defaults in their order, each replaced by what the text says of it; then what else the text says. */
function placed(
  defaults: readonly Property[],
  drafts: readonly FieldDraft[],
  fromText: readonly FieldDraft[],
): FieldDraft[] {
  const result: FieldDraft[] = [];
  for (const property of defaults) {
    const own = fromText.find((draft) => isSame(draft.words, property.words));
    const draft = drafts.find((candidate) => candidate.property === property);
    if (own) {
      const spoken = own.property;
      const detailed =
        spoken.type === undefined && !spoken.values
          ? { ...property, words: own.words, ...(spoken.required === undefined ? {} : { required: spoken.required }) }
          : spoken;
      result.push({ ...own, property: detailed });
    } else if (draft) result.push(draft);
  }
  return [...result, ...fromText.filter((draft) => !defaults.some((property) => isSame(draft.words, property.words)))];
}

/** The "patient name" of a patient is the name. */
function withoutOwner(words: readonly string[], entity: ChosenEntity): readonly string[] {
  const owner = entity.key.split(' ').at(-1);
  const [first = '', ...rest] = words;
  const plain =
    singular(first) === owner &&
    rest.length > 0 &&
    /^(?:names?|titles?|descriptions?|e ?mail|email|phone|address|content|body|image|photo|status|price|type|category|notes?)\b/.test(
      rest.join(' '),
    );
  return plain ? rest : words;
}

const synonyms: readonly ReadonlySet<string>[] = [
  new Set(['title', 'name', 'headline']),
  new Set(['content', 'body', 'text', 'contents']),
  new Set(['email', 'email address', 'e mail', 'e mail address', 'mail']),
  new Set(['phone', 'phone number', 'telephone', 'telephone number', 'mobile number', 'contact number']),
  new Set(['date of birth', 'birthday', 'birth date', 'birthdate', 'dob']),
  new Set(['image', 'photo', 'picture']),
  new Set(['color', 'colour']),
  new Set(['published on', 'publication date', 'publish date', 'published date', 'publishing date']),
  new Set(['starts on', 'start date']),
  new Set(['ends on', 'end date']),
  new Set(['starts at', 'start time', 'date and time']),
  new Set(['ends at', 'end time']),
  new Set(['hired on', 'hire date', 'hiring date']),
];

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const left = a.join(' ');
  const right = b.join(' ');
  if (left === right || left.replaceAll(' ', '') === right.replaceAll(' ', '')) return true;
  return synonyms.some((set) => set.has(left) && set.has(right));
}

/** Whether a word of a search, filter or sort means the field: by its last word, its first, or as the only kind of date. */
function isMeant(spoken: readonly string[], field: readonly string[], fieldWords: FieldWords): boolean {
  if (isSame(spoken, field)) return true;
  const said = spoken.join(' ');
  const name = field.join(' ');
  if (
    name.endsWith(` ${said}`) ||
    name.startsWith(`${said} `) ||
    (said.endsWith(` ${name}`) && !/^(?:number|name|title)$/.test(name))
  )
    return true;
  if (/^(?:name|title)$/.test(said)) return /^(?:name|title|subject|headline)$/.test(name);
  return fieldWords.specFor(name)?.spokenOfAs?.test(said) ?? false;
}

/** Reads the short notation of the lexicon. */
export function lexiconFields(list: string): Property[] {
  return list.split(',').map((entry) => {
    const [left = '', valueList] = entry.split('=');
    const [namePart = '', typePart] = left.split(':');
    const marks = `${namePart}${typePart ?? ''}`;
    const type = typePart?.replace(/!|\bunique\b/g, '').trim();
    const words = wordsOf(namePart.replace(/!|\bunique\b/g, ''));
    const required = marks.includes('!');
    return {
      words,
      isPlural: false,
      concept: undefined,
      required,
      ...(/\bunique\b/.test(marks) ? { unique: true } : {}),
      ...(valueList === undefined
        ? {}
        : { type: basicTypes.choice, values: valueList.split('|').map((value) => value.trim()) }),
      ...(type === undefined || type === '' ? {} : { type }),
    };
  });
}

/** The typed field of a draft. */
export function fieldOf(
  { property, words }: FieldDraft,
  name: string,
  isTitle: boolean,
  fieldWords: FieldWords,
): Field {
  const written = words
    .join(' ')
    .replace(/^e mail\b/, 'email')
    .replace(/\be mail\b/g, 'email')
    .replace(/\be ?mails$/, 'email');
  const { name: spelled, facet } = nameFacet(written);
  const values = property.values && distinct(property.values);
  const told = { ...facet, ...property };
  const type = typeOf(told, spelled, isTitle, fieldWords);
  const spec = fieldWords.specOf(type);
  const has = (wanted: (typeof spec.facets)[number]): boolean => spec.facets.includes(wanted);
  const min = property.min ?? spec.usualMin?.(spelled);
  return {
    name,
    label: sentenceCase(spelled.split(' ')),
    type,
    required:
      property.required ??
      (isTitle || (type !== basicTypes.flag && /^(?:content|body|message|price|quantity)$/.test(spelled))),
    unique: property.unique ?? (uniqueFields.test(spelled) && property.required !== false && isTitle),
    ...(has('values') && values ? { values } : {}),
    ...(has('bounds') && min !== undefined ? { min } : {}),
    ...(has('bounds') && property.max !== undefined ? { max: property.max } : {}),
    ...(has('unit') && told.unit !== undefined ? { unit: told.unit } : {}),
    ...(has('currency') && told.currency !== undefined ? { currency: told.currency } : {}),
    ...(has('decimals') && told.decimals !== undefined ? { decimals: told.decimals } : {}),
  };
}

function typeOf(property: Property, spelled: string, isTitle: boolean, fieldWords: FieldWords): string {
  const { type, values, isPlural, currency, decimals, unit, min, max } = property;
  const byName = fieldWords.specFor(spelled, isPlural);
  if (type === basicTypes.choice && !values?.length) return basicTypes.line;
  const isName = isTitle && /^(?:name|title)$/.test(spelled);
  if (type === basicTypes.paragraphs && isName) return basicTypes.line;
  if (property.isTypeOfBounds) {
    const fits = byName?.facets.includes('bounds') && (byName.admits?.(min ?? 0, max ?? 0) ?? true);
    // Bounds are written in whole numbers, also those of what has decimals.
    return fits && byName?.id !== fieldWords.typeWith('decimals')
      ? (byName?.id ?? basicTypes.wholeNumber)
      : basicTypes.wholeNumber;
  }
  if (type !== undefined) return type;
  // "fee in EUR", "dose with 3 decimals", "load in kg": what is said of the number says that it is one.
  const said =
    currency !== undefined ? 'currency' : decimals !== undefined ? 'decimals' : unit !== undefined ? 'unit' : undefined;
  if (said !== undefined && !byName?.facets.includes('bounds')) {
    const named = said === 'unit' ? fieldWords.typeWith('decimals') : fieldWords.typeWith(said);
    if (named !== undefined) return named;
  }
  return byName?.id ?? (isPlural ? basicTypes.paragraphs : basicTypes.line);
}

/** Values as a person reads them: each once, with a capital. */
function distinct(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const result: string[] = [];
  for (const value of values) {
    const label = value.replace(/\s+/g, ' ').trim().slice(0, 60).trim();
    const key = label.toLowerCase();
    if (label === '' || seen.has(key) || result.length === maxValues) continue;
    seen.add(key);
    result.push(label.charAt(0).toUpperCase() + label.slice(1));
  }
  return result;
}

/** The draft that names a record: a name or title, or else the first short text. */
export function titleDraft(drafts: readonly FieldDraft[], fieldWords: FieldWords): FieldDraft | undefined {
  const name = (draft: FieldDraft) => draft.words.join(' ');
  const suits = (draft: FieldDraft) => fieldWords.specOf(fieldOf(draft, 'value', false, fieldWords).type).title;
  return (
    drafts.find(
      (draft) =>
        /^(?:(?:full |display |user)?name|title|subject|headline|label|company name|product name)$/.test(name(draft)) &&
        suits(draft) === 'best',
    ) ??
    drafts.find(
      (draft) =>
        / (?:name|title|number|code|reference)$|^(?:question|reference|code|term|make|symbol|number)$/.test(
          name(draft),
        ) && suits(draft) === 'best',
    ) ??
    drafts.find((draft) => suits(draft) === 'best') ??
    drafts.find((draft) => suits(draft) === 'good') ??
    drafts[0]
  );
}
