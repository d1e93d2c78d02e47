import type { ModelPort } from '../../../core/model-port.ts';
import type { ProjectRequest } from '../../../core/request.ts';
import type { Statement } from '../../../reading/sentences.ts';
import type { ModelSession } from '../session.ts';
import { emptyDraft } from './draft.ts';
import { analysisPrefix, analysisTask, inert, type Part } from './prompt.ts';

/** More sentences than these at once are read carelessly, and their answer is long. */
const maxSentences = 150;
/** Fewer than these are not worth a request: the window is too small. */
const minSentences = 5;
/** Tokens an answer takes for each sentence, and besides: measured on drafts of shops, blogs and trackers, and doubled. */
const answerTokensPerSentence = 90;
const answerTokensBase = 1200;
/** Of the tokens that are left for a request, the part that the requirements may take. The rest is for what earlier parts found, and for repairs. */
const shareOfRequirements = 0.55;
/** What the JSON schema, and what is said of its members, take in a request, in tokens. */
export const schemaTokens = 2500;

/**
 * Divides requirements so that request and answer of each part fit the model, preferably before headings. Undefined where the model is too small for
 * anything.
 */
export function planParts(
  request: ProjectRequest,
  statements: readonly Statement[],
  { port, modules }: Pick<ModelSession, 'port' | 'modules'>,
): readonly Part[] | undefined {
  const { limits } = port;
  const fixed =
    port.estimateTokens(analysisPrefix(modules)) +
    schemaTokens +
    port.estimateTokens(analysisTask(request, statements, { first: 0, end: 0 }, emptyDraft));
  const room = Math.floor((limits.inputTokens - fixed) * shareOfRequirements);
  const most = Math.min(maxSentences, Math.floor((limits.outputTokens - answerTokensBase) / answerTokensPerSentence));
  if (room <= 0 || most < Math.min(minSentences, statements.length)) return undefined;
  const sizes = statements.map(({ body, text }) => port.estimateTokens(inert(body || text)) + 6);
  if (sizes.some((size) => size > room)) return undefined;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= room && statements.length <= most) return [{ first: 0, end: statements.length }];
  const parts: Part[] = [];
  let first = 0;
  let used = 0;
  for (const [index, size] of sizes.entries()) {
    const count = index - first;
    const isFull = used + size > room || count >= most;
    const isGoodPlace = statements[index]?.kind === 'heading' && (used > room * 0.6 || count > most * 0.6);
    if (count > 0 && (isFull || isGoodPlace)) {
      parts.push({ first, end: index });
      first = index;
      used = 0;
    }
    used += size;
  }
  return [...parts, { first, end: statements.length }];
}

/** A model whose answer to a quarter of a part is still too long does not come to an end. */
const maxHalvings = 2;

/** The two halves of a part whose answer did not fit; undefined where that would not help. */
export function halve({ first, end, halvings = 0 }: Part): readonly [Part, Part] | undefined {
  if (halvings === maxHalvings || end - first < 2 * minSentences) return undefined;
  const middle = Math.floor((first + end) / 2);
  return [
    { first, end: middle, halvings: halvings + 1 },
    { first: middle, end, halvings: halvings + 1 },
  ];
}

/** What a model may think before it writes, in tokens: those that decide that themselves think long about requirements. Only what is used is paid for. */
const thinkingTokens = 24_000;

/** How long an answer may be at first, in tokens: it includes what a model thinks before it writes. */
export function answerTokens({ first, end }: Part, port: ModelPort): number {
  return Math.min(port.limits.outputTokens, thinkingTokens + (end - first) * 2 * answerTokensPerSentence);
}

/** Fewer tokens than these are not worth asking for. */
export function leastAnswerTokens(part: Part, port: ModelPort): number {
  return Math.min(answerTokens(part, port), 600 + (part.end - part.first) * 30);
}

/** Whether an honest answer can be longer than the model may write. Otherwise one that is cut off has no end. */
export function mayNeedMore({ first, end }: Part, { limits }: ModelPort): boolean {
  return limits.outputTokens < 4 * (answerTokensBase + (end - first) * answerTokensPerSentence);
}
