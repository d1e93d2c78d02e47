import type { ChosenEntity } from './entities.ts';
import { firstPerson, isCopy, listedParts, ownWords, placeholder, quotedText } from './page-copy.ts';
import type { ReadStatement } from './reading.ts';
import { emptyText, partsOf, type Section } from './sections.ts';

/** The paragraphs of the home page and of pages of text, and the statements they come from. */

export interface PageText {
  readonly text: string[];
  readonly sentences: number[];
}

const maxParagraphs = 6;

/** What the text gives for a section; where it only says what belongs there, a sentence that says so. */
export function sectionText(
  section: Section,
  statements: readonly ReadStatement[],
  taken: ReadonlyMap<number, number>,
  theme: ReadonlySet<number>,
): PageText {
  const text: string[] = [];
  const parts: string[] = [];
  const sentences = new Set(section.found);
  for (const index of section.found) {
    const body = statements[index]?.body ?? '';
    const given = quotedText(body);
    if (given.length > 0) text.push(...given);
    else parts.push(...partsOf(section, body));
    // What follows a sentence that names several pages is about none of them in particular.
    if ((taken.get(index) ?? 0) > 1) continue;
    for (const next of after(index, statements, taken, theme)) {
      const said = statements[next];
      if (!said) break;
      sentences.add(next);
      if (said.kind === 'bullet' && !isCopy(said.body)) parts.push(...listedParts(`: ${said.body}`));
      else text.push(said.body);
    }
  }
  if (parts.length > 0) text.unshift(placeholder([...new Set(parts)]));
  if (text.length === 0) text.push(emptyText(section.title));
  return { text: [...new Set(text)].slice(0, maxParagraphs), sentences: [...sentences].sort((a, b) => a - b) };
}

/** The statements that go on where one has named a page: the next sentences that are copy, or what is under a heading. */
function after(
  index: number,
  statements: readonly ReadStatement[],
  taken: ReadonlyMap<number, number>,
  theme: ReadonlySet<number>,
): number[] {
  const start = statements[index];
  const result: number[] = [];
  for (let next = index + 1; start && next < statements.length && result.length < maxParagraphs; next++) {
    const statement = statements[next];
    if (!statement || taken.has(next) || theme.has(next)) break;
    const isUnder = start.kind === 'heading' && statement.under === index;
    const goesOn = start.kind !== 'heading' && statement.kind === 'sentence' && statement.under === start.under;
    if (!isUnder && !goesOn) break;
    const isListed = isUnder && statement.kind === 'bullet' && listedParts(`: ${statement.body}`).length > 0;
    if (!isListed && !isCopy(statement.body)) break;
    result.push(next);
  }
  return result;
}

const homeName =
  /\b(?:(?:home|landing|front|main|start|welcome) ?page|homepage|(?:the|this|my|our|a|one|single)[ -](?:page|site|website))\b/i;

/**
 * `tells` is a site that only tells. What the home page says of the project besides its description: text that the requirements give for it, and sentences
 * they open with that speak to visitors. Nothing rather than an instruction.
 */
export function homeText(
  statements: readonly ReadStatement[],
  entities: readonly ChosenEntity[],
  theme: ReadonlySet<number>,
  taken: ReadonlySet<number>,
  { description, tells }: { description: string; tells: boolean },
): PageText {
  const text: string[] = [];
  const sentences: number[] = [];
  const stored = new Set(entities.flatMap((entity) => entity.statements));
  const say = (index: number, paragraphs: readonly string[]) => {
    const fresh = paragraphs.filter(
      (paragraph) => !text.includes(paragraph) && !description.includes(paragraph.slice(0, -1)),
    );
    if (paragraphs.length > 0) sentences.push(index);
    text.push(...fresh);
  };
  for (const [index, statement] of statements.entries()) {
    if (text.length >= maxParagraphs) break;
    if (taken.has(index) || theme.has(index) || stored.has(index)) continue;
    const { body, kind } = statement;
    if (kind !== 'sentence' && kind !== 'bullet') continue;
    const name = homeName.exec(body);
    if (name) {
      const given = quotedText(body);
      const parts = given.length > 0 || !tells ? [] : listedParts(body.slice(name.index + name[0].length));
      say(index, parts.length > 0 ? [placeholder(parts)] : given);
    }
    // A text about what an application does speaks to visitors at its beginning, if at all.
    if (kind === 'sentence' && (tells || (index < 3 && firstPerson.test(body)))) {
      const own = isCopy(body) ? body : ownWords(body);
      if (own !== undefined) say(index, [own]);
    }
  }
  return { text, sentences };
}
