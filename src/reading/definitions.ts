import { type Concept, conceptOf, knownNoun } from './concepts.ts';
import type { Evidence } from './evidence.ts';
import { type Property, readFieldLine } from './field-lines.ts';
import type { FieldWords } from './field-words.ts';
import { fieldNouns } from './lexicon-fields.ts';
import { buildVerbs, findVerbs, imperativeVerbs, nounOrVerb, storeVerbs } from './lexicon-words.ts';
import type { Phrase } from './phrases.ts';
import type { ReadStatement } from './reading.ts';
import { singular, wordsOf } from './words.ts';

/** Definitions in the manner of a data model: "Post: title, body, date", a heading with bullets of fields, table rows. */

/** "Entities", "Data model": what is under it are names of things. */
const modelHeading =
  /^(?:the )?(?:(?:main|core|key) )?(?:entit(?:y|ies)|data ?models?|models?|data|tables?|objects?|resources?|domain(?: model)?|data structures?|database(?: schema)?|schema|collections?)$/i;
const fieldsHeading = /\b(?:fields?|attributes?|properties|columns?)$/i;
/** Introductions that never name a thing to store. */
const otherHeading =
  /^(?:(?:key|main|core|functional|non-functional|technical|user|additional|other|basic|optional) )*(?:features?|functions?|functionality|functionalities|requirements?|pages?|sections?|screens?|views?|roles?|actors?|users?|user stories|stories|overview|introduction|summary|goals?|scope|modules?|technolog(?:y|ies)|stack|colou?rs?|theme|design|style|styling|layout|navigation|menu|notes?|examples?|security|performance|constraints?|assumptions|deliverables|api|endpoints?|acceptance criteria|description|background|objectives?|purpose|deployment|testing|admins?|administrators?|reports?|reporting|search|settings|tech stack|for \w+|as an? .*|nice to have|must have|out of scope|important|note|given|when|then|and|todo|user interface|ui|ux|frontend|backend|general|misc|miscellaneous|example|input|output|title|name|project|app|application|website|system)$/i;

/** Reads the statement as part of a definition; true when that is all there is to it. */
export function readDefinitions(
  evidence: Evidence,
  statement: ReadStatement,
  index: number,
  all: readonly ReadStatement[],
): boolean {
  if (statement.kind === 'row') return readRow(evidence, statement, index, all);
  if (statement.kind === 'bullet' && statement.under !== undefined) {
    const owner = ownerOf(all, statement.under, evidence.fieldWords);
    if (owner?.fields && !isSentence(statement)) {
      const line = readFieldLine(statement.body, evidence.fieldWords);
      if (line && fitsField(line)) {
        define(evidence, owner.concept, [withConcept(line)], index);
        return true;
      }
    }
    if (owner?.model) return readModelBullet(evidence, statement, index);
  }
  return readInline(evidence, statement, index);
}

interface Owner {
  readonly concept: Concept;
  /** What is under it are its fields. */
  readonly fields: boolean;
  readonly model: false;
}

/** What the heading or bullet above says about the lines under it. */
function ownerOf(
  all: readonly ReadStatement[],
  under: number,
  fieldWords: FieldWords,
): Owner | { model: true; fields: false } | undefined {
  const head = all[under];
  if (!head) return undefined;
  const title = titleOf(head.body);
  if (modelHeading.test(title)) return { model: true, fields: false };
  if (otherHeading.test(title) || isSentence(head)) return undefined;
  const named = fieldsHeading.test(title) ? title.replace(fieldsHeading, '').trim() : title;
  const concept = nameConcept(named);
  if (!concept) return undefined;
  const children = fieldLinesUnder(all, under, fieldWords);
  const known = knownNoun(concept.key) !== undefined;
  return {
    concept,
    model: false,
    fields: children.total > 0 && children.fields / children.total >= (known || fieldsHeading.test(title) ? 0.5 : 0.7),
  };
}

const counted = new WeakMap<readonly ReadStatement[], Map<number, { total: number; fields: number }>>();

/** How many bullets stand directly under a statement, and how many of them look like fields. Counted once per text. */
function fieldLinesUnder(
  all: readonly ReadStatement[],
  under: number,
  fieldWords: FieldWords,
): { total: number; fields: number } {
  let byParent = counted.get(all);
  if (!byParent) {
    byParent = new Map();
    for (const statement of all) {
      if (statement.kind !== 'bullet' || statement.under === undefined) continue;
      const count = byParent.get(statement.under) ?? { total: 0, fields: 0 };
      count.total++;
      const line = isSentence(statement) ? undefined : readFieldLine(statement.body, fieldWords);
      if (line && looksLikeField(line, fieldWords)) count.fields++;
      byParent.set(statement.under, count);
    }
    counted.set(all, byParent);
  }
  return byParent.get(under) ?? { total: 0, fields: 0 };
}

function titleOf(body: string): string {
  return body
    .replace(/:\s*$/, '')
    .replace(/^\d+(?:\.\d+)*[.)]?\s+/, '')
    .trim();
}

/** Whether somebody does something in it, or it is too long to be a name. */
function isSentence(statement: ReadStatement): boolean {
  if (statement.body.length > 160) return true;
  const first = statement.tokens.find((token) => /\p{L}/u.test(token.text));
  if (first?.pos === 'verb' && isVerb(first.lower) && statement.tokens.length > 1)
    return !/^[\w ]{1,30}[(:]/.test(statement.body);
  return statement.clauses.some((clause) => clause.isAbility && clause.verbs.length > 0);
}

function isVerb(word: string): boolean {
  return (
    imperativeVerbs.has(word) ||
    storeVerbs.has(word) ||
    findVerbs.has(word) ||
    buildVerbs.has(word) ||
    nounOrVerb.has(word)
  );
}

function fitsField(line: Omit<Property, 'concept'>): boolean {
  return line.words.length <= 4;
}

/** The name tells a type, is a usual name of a property, or the line gives its type. */
function looksLikeField(line: Omit<Property, 'concept'>, fieldWords: FieldWords): boolean {
  if (line.type !== undefined || line.required !== undefined || line.unique !== undefined) return true;
  const name = line.words.join(' ');
  const last = line.words.at(-1) ?? '';
  return (
    fieldNouns.has(last) ||
    fieldNouns.has(singular(last)) ||
    fieldWords.specFor(name) !== undefined ||
    last === 'id' ||
    last === 'ids'
  );
}

function withConcept(line: Omit<Property, 'concept'>): Property {
  const last = line.words.at(-1) ?? '';
  // `categoryId`, `tag_ids`: a reference.
  const reference = /^ids?$/.test(last) && line.words.length > 1;
  const words = reference ? line.words.slice(0, -1) : line.words;
  const concept = nameConcept(words.join(' '));
  const many = last === 'ids' || (concept?.isPlural ?? false);
  return { ...line, words, concept: concept?.key, isPlural: many, ...(many ? { many: true } : {}) };
}

/** The concept that a name in a data model is: "Blog Post", "orderItems", "products". */
export function nameConcept(name: string): Concept | undefined {
  const words = wordsOf(name.replace(/^(?:an?|the|each|every)\s+/i, ''));
  const last = words.at(-1);
  if (last === undefined || words.length > 4) return undefined;
  const head = singular(last);
  const phrase: Phrase = {
    words: [...words.slice(0, -1), head],
    written: words,
    head,
    isPlural: head !== last,
    determiner: '',
    adjectives: new Set(),
    ownedBy: undefined,
    of: undefined,
    aside: [],
  };
  return conceptOf(phrase) ?? undefined;
}

/** A name that somebody defines is a thing, whatever the word: "Class", "Page", "Status". */
function definedConcept(name: string): Concept | undefined {
  const known = nameConcept(name);
  if (known) return known;
  const words = wordsOf(name.replace(/^(?:an?|the|each|every)\s+/i, ''));
  const last = words.at(-1);
  if (last === undefined || words.length > 3 || !/^[a-z]/.test(words[0] ?? '')) return undefined;
  const head = singular(last);
  return {
    key: [...words.slice(0, -1), head].join(' '),
    words: [...words.slice(0, -1), head],
    isPlural: head !== last,
    isKept: false,
    doing: undefined,
    about: undefined,
  };
}

function define(evidence: Evidence, concept: Concept, properties: readonly Property[], index: number): void {
  evidence.note(concept, index).defined += 2;
  for (const property of properties) evidence.property(concept.key, property, index, true);
}

/** Under "Entities": "- Post", "- Post: title, body", "- **Post** (title, body)". */
function readModelBullet(evidence: Evidence, statement: ReadStatement, index: number): boolean {
  if (readInline(evidence, statement, index)) return true;
  const name = titleOf(statement.body);
  if (isSentence(statement) || wordsOf(name).length > 3) return false;
  const concept = definedConcept(name);
  if (!concept) return false;
  define(evidence, concept, [], index);
  return true;
}

/** "Post: title, body, published date" or "Post (title, body, published date)" or "Post - title, body". */
function readInline(evidence: Evidence, statement: ReadStatement, index: number): boolean {
  if (statement.kind === 'heading' || statement.body.length > 1000) return false;
  const match = /^([\p{L}][\p{L}\p{N} _-]{0,40}?)(?:\s*:\s*|\s+[-–—]\s+|\s*(?=\())(.+)$/u.exec(statement.body);
  const name = match?.[1];
  let rest = match?.[2];
  if (name === undefined || rest === undefined || otherHeading.test(name) || modelHeading.test(name)) return false;
  const inner = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)[.;]?$/.exec(rest);
  if (inner?.[1] !== undefined) rest = inner[1];
  else if (rest.startsWith('(')) return false;
  const first = statement.tokens[0];
  if (first?.pos === 'verb' && isVerb(first.lower) && wordsOf(name).length > 1) return false;
  const items = splitTopLevel(rest.replace(/[.;]$/, ''));
  const lines = items.flatMap((item) => readFieldLine(item, evidence.fieldWords) ?? []);
  if (items.length < 2 || lines.length < items.length * 0.8) return false;
  const looks = lines.filter((line) => looksLikeField(line, evidence.fieldWords)).length / lines.length;
  const concept = definedConcept(name);
  if (!concept) return false;
  const known = knownNoun(concept.key) !== undefined && nameConcept(name) !== undefined;
  // "Status: draft, published": values and not fields.
  if (fieldNouns.has(concept.words.at(-1) ?? '') && looks < 0.5) return false;
  if (looks < (known ? 0.34 : 0.6)) return false;
  define(evidence, concept, lines.map(withConcept), index);
  return true;
}

/** Splits at commas outside parentheses. */
function splitTopLevel(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    if (unit === '(' || unit === '[') depth++;
    else if (unit === ')' || unit === ']') depth = Math.max(0, depth - 1);
    else if ((unit === ',' || unit === ';') && depth === 0) {
      items.push(text.slice(from, i));
      from = i + 1;
    }
  }
  items.push(text.slice(from));
  return items
    .flatMap((item) => item.split(/^\s*and\s+|\s+and\s+(?![^(]*\))/))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** A row of a table under the heading of a thing: `| title | string | required |`. */
function readRow(evidence: Evidence, statement: ReadStatement, index: number, all: readonly ReadStatement[]): boolean {
  const cells = statement.body
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
  const [name, ...rest] = cells;
  if (name === undefined || /^(?:fields?|attributes?|propert(?:y|ies)|columns?|name|entity|#)$/i.test(name))
    return true;
  const owner = statement.under === undefined ? undefined : all[statement.under];
  const title = owner && titleOf(owner.body);
  const concept =
    title !== undefined && !otherHeading.test(title) && !modelHeading.test(title)
      ? nameConcept(title.replace(fieldsHeading, '').trim())
      : undefined;
  const details = rest.join(', ');
  if (concept) {
    const line =
      readFieldLine(
        details.length > 0 && details.length < 200 ? `${name} (${details.replace(/[()]/g, ' ')})` : name,
        evidence.fieldWords,
      ) ?? readFieldLine(name, evidence.fieldWords);
    if (line && fitsField(line)) define(evidence, concept, [withConcept(line)], index);
    return true;
  }
  // Without a heading, or under "Entities", the first cell names the thing and the second its fields.
  const lines = splitTopLevel(rest[0] ?? '').flatMap((item) => readFieldLine(item, evidence.fieldWords) ?? []);
  const defined = definedConcept(name);
  if (defined && lines.length >= 2) define(evidence, defined, lines.map(withConcept), index);
  return true;
}
