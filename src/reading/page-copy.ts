import { buildVerbs, imperativeVerbs } from './lexicon-words.ts';
import { qualityWish, unbuiltRules } from './unbuilt.ts';

/** What of a requirement a visitor may read. An instruction ("there is a page with my address") is never copy. */

/** Words about the work or the screen rather than about what the site is for. */
const trade =
  /\b(?:should|must|shall|needs?|wants?|would like|please|allows?|enables?|supports?|users?|visitors?|admins?|web ?sites?|sites?|web ?pages?|homepage|pages?|sections?|apps?|application|platform|system|buttons?|forms?|features?|functionality|functionalities|requirements?|implement|database|stor(?:e|es|ed|ing) (?:any|nothing|data)|background|colou?rs?|theme|responsive|layout|css|html)\b/i;
const wish =
  /\b(?:each|every|it|they|customers?|guests?|members?|readers?|people) (?:can|could|may|will|has|have|belongs?)\b/i;
/** "It shows …", "The gallery has …": what is to be on a page, not what is said there. */
const describesPage =
  /^(?:it|this|that|they|these|there)\b|^(?:the |an? |my |our )?[\w-]+(?: [\w-]+)? (?:shows?|displays?|lists?|includes?|contains?|introduces?|presents?|describes?|tells?)\b/i;

/** Whoever says "we" to visitors speaks of themselves and of no application. */
export const firstPerson = /\b(?:I|we|us|our|my)\b/i;
/** "Call us on 555 0134": asks visitors, not developers. */
const invites =
  /^(?:call|write|visit|come|join|e-?mail|phone|find|follow|reach|contact|book)\b.*(?:\b(?:us|me)\b|[@\d])/i;

function isInstruction(text: string): boolean {
  const first = /^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? '';
  return (
    trade.test(text) ||
    wish.test(text) ||
    ((imperativeVerbs.has(first) || buildVerbs.has(first)) && !invites.test(text))
  );
}

/** Whether a whole sentence can stand on a page as it is. */
export function isCopy(body: string): boolean {
  const text = body.trim();
  return (
    /[.!?]["')]*$/.test(text) &&
    text.split(/\s+/).length >= 3 &&
    text.length <= 400 &&
    !text.includes(':') &&
    !isInstruction(text) &&
    !describesPage.test(text) &&
    (firstPerson.test(text) || !(qualityWish.test(text) || unbuiltRules.some(({ pattern }) => pattern.test(text))))
  );
}

/** "I am a photographer in Lisbon and I need a website": the half that visitors may read. */
export function ownWords(body: string): string | undefined {
  const half = /^((?:I am|I'm|We are|We're) .{4,200}?),? (?:and|so|who) (?:I |we )?(?:need|want|would like)\b/i.exec(
    body,
  )?.[1];
  return half === undefined || isInstruction(half) ? undefined : `${half}.`;
}

/** What a statement gives as text, in quotation marks or after a colon. */
export function quotedText(body: string): string[] {
  const quotes = [...body.matchAll(/(.{0,20})"([^"]{8,400})"/g)].flatMap(([, before = '', text = '']) =>
    /\b(?:called|named|titled|entitled|labell?ed)\W*$/i.test(before) || text.trim().split(/\s+/).length < 3
      ? []
      : [sentence(text)],
  );
  if (quotes.length > 0) return quotes;
  const text = /^[^:"]{3,160}?:\s+(.{8,})$/.exec(body)?.[1];
  if (text === undefined || text.includes('"') || isInstruction(text)) return [];
  const speaks = /\b(?:I|we|you|he|she|they|us|me|am|is|are|was|were|has|had|have|his|her)\b/.test(text);
  const hasFacts = /\d|@/.test(text);
  const isSentence = /^(?!(?:My|Our|The|An?|Your|Their)\b)\p{Lu}[^,]*\.$/u.test(text) && text.split(/\s+/).length > 4;
  return speaks || hasFacts || isSentence ? [sentence(text)] : [];
}

function sentence(text: string): string {
  const trimmed = text.trim().replace(/,$/, '');
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

const introduces =
  /^[\s,]*(?:(?:that|which|and|should|must|will|can|also|it) )*(?:with|shows?|showing|displays?|displaying|includes?|including|contains?|containing|lists?|listing|describes?|describing|presents?|presenting|introduces?|introducing|explains?|explaining|has|have|for|about|where \w+ (?:can )?(?:see|read|find|view|browse|learn about|look at))\b:?\s+(.+)$/i;
const determiners =
  /^(?:(?:an?|the|my|our|their|his|her|its|your|some|all|any|several|few|short|brief|simple|and|or|of|list of|information (?:about|on)|details (?:about|of|on))\s+)+/i;
const contactForm = /^(?:name|e-?mail(?: address)?|message|subject|phone(?: number)?)$/i;
const maxParts = 6;

/** The things that are to be on a page, from the words after its name: "with my address and opening hours". */
export function listedParts(afterName: string): string[] {
  const colon = /^\s*:\s+(.+)$/.exec(afterName)?.[1];
  const list = (colon ?? introduces.exec(afterName)?.[1])?.replace(/[.;!?].*$/, '');
  if (list === undefined) return [];
  const parts = list
    .split(/,\s*(?:(?:and|or)\s+)?|\s+(?:and|as well as)\s+/)
    .map((part) => part.replace(determiners, '').trim())
    .filter((part) => isPart(part));
  // "Contact us with name, e-mail and message" is a form.
  if (parts.length > 0 && parts.every((part) => contactForm.test(part))) return [];
  return [...new Set(parts)].slice(0, maxParts);
}

function isPart(part: string): boolean {
  const words = part.split(/\s+/).length;
  return (
    part.length >= 2 &&
    words <= 6 &&
    !/["<>]/.test(part) &&
    !isInstruction(part) &&
    !/\b(?:is|are|can|will|that|which|who|how|why|where|when|I|we|us|me|you)\b/i.test(part)
  );
}

/** Says in a sentence what is still to be written. */
export function placeholder(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  const list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} will be here.`;
}
