import type { Theme } from '../core/blueprint-draft.ts';
import { cssColours } from './css-colours.ts';
import type { Statement } from './sentences.ts';

/** Reads the theme from the colours the text names. */

type Part = 'background' | 'component';

interface FoundColour {
  readonly value: string;
  /** As the user wrote it, on one line. */
  readonly name: string;
  /** Where it stands among the words of the statement. */
  readonly at: number;
}

interface Word {
  readonly text: string;
  readonly at: number;
}

const light: Theme = { background: '#ffffff', component: '#2563eb', sentences: [] };
const dark: Theme = { background: '#111827', component: '#3b82f6', sentences: [] };

const backgroundWords = /^(?:backgrounds?|backdrops?|canvas|base|body|page|pages|layout|container|containers|screen)$/;
const componentWords =
  /^(?:components?|elements?|buttons?|cards?|ui|interface|interfaces|accents?|controls?|headers?|widgets?|foreground|primary|visuals?|blocks?|inputs?|links?|navigation|navbar|menus?|bars?|highlights?|pieces?|parts?|details)$/;
const speaksOfLooks =
  /\b(?:colou?rs?|backgrounds?|backdrop|theme[ds]?|palette|components?|elements?|buttons?|accents?|styl(?:e|es|ed|ing)|paint|shade|scheme)\b/i;

/** The theme of the last statement that sets each part; white with blue where none does. */
export function readTheme(statements: readonly Statement[]): Theme {
  let theme: Theme = light;
  const sentences: number[] = [];
  for (const [index, statement] of statements.entries()) {
    if (statement.kind === 'code') continue;
    const body = statement.body;
    const isDark = /\bdark[ -](?:theme|mode|colou?r scheme|background|ui|interface|look|design)\b/i.test(body);
    const isLight = /\blight[ -](?:theme|mode|colou?r scheme)\b/i.test(body);
    const found = coloursOf(body);
    // "Ivory for the layout and green for the blocks" speaks of looks without any of the words.
    const set = speaksOfLooks.test(body) || (found.background && found.component) ? found : {};
    if (!isDark && !isLight && !set.background && !set.component) continue;
    if (isDark && !isLight && theme.background === light.background) theme = { ...theme, ...dark };
    if (set.background) theme = { ...theme, background: set.background.value, backgroundName: set.background.name };
    if (set.component) theme = { ...theme, component: set.component.value, componentName: set.component.name };
    sentences.push(index);
  }
  return { ...theme, sentences };
}

/** Which colour a sentence gives to which part. Public for the tests. */
export function coloursOf(body: string): Partial<Record<Part, FoundColour>> {
  const words = [...body.matchAll(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|[a-z]+(?:-[a-z]+)*/gi)].map((match) => ({
    text: match[0].toLowerCase(),
    at: match.index,
  }));
  const colours = findColours(body, words);
  const result: Partial<Record<Part, FoundColour>> = {};
  const parts = words.flatMap((word): { part: Part; at: number }[] => {
    if (colours.some((colour) => word.at >= colour.at && word.at < colour.at + colour.name.length)) return [];
    if (componentWords.test(word.text)) return [{ part: 'component', at: word.at }];
    if (backgroundWords.test(word.text)) return [{ part: 'background', at: word.at }];
    return [];
  });
  // "page background" and "component backgrounds" name the part by their strongest word.
  const strong = parts.filter(({ at, part }) => part === 'component' || isStrongBackground(body, at));
  const anchors = strong.some(({ part }) => part === 'background') ? strong : parts;
  const free = new Set(colours);
  const pairs = colours
    .flatMap((colour) => anchors.map(({ part, at }) => ({ colour, part, distance: distance(body, colour, at) })))
    .sort((a, b) => a.distance - b.distance || a.colour.at - b.colour.at);
  for (const { colour, part } of pairs) {
    if (!free.has(colour) || result[part]) continue;
    result[part] = colour;
    free.delete(colour);
  }
  // "White and navy", "a navy colour scheme": the first is what lies behind, a single one is what stands out.
  const rest = colours.filter((colour) => free.has(colour));
  if (anchors.length === 0 && /\b(?:theme|palette|scheme|styled?|styling|design|looks?|branding|brand)\b/i.test(body)) {
    const [first, second] = rest;
    if (first && second) return { background: first, component: second };
    if (first) return { component: first };
  }
  return result;
}

function isStrongBackground(body: string, at: number): boolean {
  return /^(?:backgrounds?|backdrops?|canvas|base)\b/i.test(body.slice(at, at + 12));
}

/** Characters between a colour and the word for a part; a comma, "and" or "while" between them is a wall. */
function distance(body: string, colour: FoundColour, at: number): number {
  const end = colour.at + colour.name.length;
  const between = at > colour.at ? body.slice(end, at) : body.slice(at, colour.at);
  const walls = between.match(/[,;.]|\b(?:and|while|whereas|but)\b/gi)?.length ?? 0;
  return between.length + walls * 100;
}

/** The longest names win: "dark slate gray" is no "gray". */
function findColours(body: string, words: readonly Word[]): FoundColour[] {
  const found: FoundColour[] = [];
  for (let i = 0; i < words.length; i++) {
    const first = words[i];
    if (!first) break;
    if (first.text.startsWith('#')) {
      found.push({ value: hex(first.text), name: first.text, at: first.at });
      continue;
    }
    for (let size = 4; size >= 1; size--) {
      const run = words.slice(i, i + size);
      const last = run.at(-1);
      if (run.length < size || !last) continue;
      const value = cssColours.get(run.map(({ text }) => text.replaceAll('-', '')).join(''));
      const name = body.slice(first.at, last.at + last.text.length);
      if (value === undefined || !/^[\w\s-]+$/.test(name)) continue;
      found.push({ value, name: name.toLowerCase(), at: first.at });
      i += size - 1;
      break;
    }
  }
  return found;
}

function hex(text: string): string {
  const digits = text.slice(1);
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}
