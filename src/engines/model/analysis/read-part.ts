import { blueprintDraftSchema } from '../../../core/blueprint-draft.ts';
import { sha256, utf8 } from '../../../core/digest.ts';
import { throwIfCancelled } from '../../../core/errors.ts';
import type { ModelPrompt } from '../../../core/model-port.ts';
import type { EngineStep } from '../../../core/ports.ts';
import type { ModelSession } from '../session.ts';
import type { Asker } from './ask.ts';
import { type BuildInput, buildBlueprint } from './build.ts';
import { checkDraft, checkSentences } from './check.ts';
import type { Draft } from './draft.ts';
import { mergeDrafts, normalizeDraft, type SpecOf } from './normalize.ts';
import { answerTokens, leastAnswerTokens, mayNeedMore, schemaTokens } from './parts.ts';
import { plainText } from './plain-text.ts';
import { analysisTask, type Earlier, type Part, promptVersion } from './prompt.ts';

/** What the parts of one run share. */
export interface PartContext extends BuildInput {
  readonly session: ModelSession;
  readonly asker: Asker;
  /** Sentences that need no answer: headings over others, and those that name colours. */
  readonly answered: ReadonlySet<number>;
  readonly signal: AbortSignal;
}

export type PartResult =
  /** What is known now: of the parts before and of this one. */
  | { readonly kind: 'read'; readonly known: Draft }
  /** Nothing usable came; `reason` is a sentence. */
  | { readonly kind: 'bad'; readonly reason: string }
  /** Every model declined; `reason` is a sentence. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The answer does not fit what the model may write. */
  | { readonly kind: 'too-long' }
  | { readonly kind: 'budget' };

/** An answer is asked for once, and repaired twice. */
const maxAttempts = 3;

/** Reads one part: asks, checks, and has what is wrong corrected. What is good is kept for the next run. */
export async function* readPart(
  part: Part,
  known: Draft,
  context: PartContext,
): AsyncGenerator<EngineStep, PartResult, void> {
  const { session, asker, signal } = context;
  const { port, store } = session;
  const specOf = specOfSession(session);
  const key = await workKey(part, known, context);
  const kept = readKept(await store.get(key), part, known, context);
  throwIfCancelled(signal);
  if (kept !== undefined) {
    yield { kind: 'status', text: describeKept(part, context.statements.length) };
    yield* asker.found.of(kept.draft, true);
    return { kind: 'read', known: kept.known };
  }
  let earlier: Earlier | undefined;
  let maxOutputTokens = answerTokens(part, port);
  for (let attempt = 1; ; attempt++) {
    const prompt = promptFor(part, known, context, maxOutputTokens, earlier);
    const asked = yield* asker.ask(prompt, leastAnswerTokens(part, port), signal);
    if (asked === 'budget') return { kind: 'budget' };
    if ('refusal' in asked) return { kind: 'refused', reason: asked.refusal.message };
    const { answer } = asked;
    let problems: readonly string[];
    let text = '';
    if (answer.ok) {
      const read = examine(normalizeDraft(answer.value, specOf), part, known, context);
      if (read.problems.length === 0) {
        await store.set(key, JSON.stringify(answer.value));
        throwIfCancelled(signal);
        return { kind: 'read', known: read.known };
      }
      problems = read.problems;
      text = JSON.stringify(answer.value);
    } else if (answer.reason === 'length') {
      // A budget that shortened the answer will not make the next one longer.
      if (asked.maxOutputTokens < Math.min(maxOutputTokens, port.limits.outputTokens)) return { kind: 'budget' };
      if (maxOutputTokens >= port.limits.outputTokens && mayNeedMore(part, port)) return { kind: 'too-long' };
      problems = ['It was cut off because it is too long. Say everything more briefly.'];
      maxOutputTokens = Math.min(port.limits.outputTokens, maxOutputTokens * 3);
    } else {
      problems = answer.problems.length > 0 ? answer.problems : ['It is not of the schema.'];
      text = answer.text;
    }
    const isSame = earlier !== undefined && earlier.problems.join('\n') === problems.join('\n');
    if (isSame || attempt === maxAttempts) return { kind: 'bad', reason: plainText(problems[0] ?? '', 200) };
    yield { kind: 'status', text: `Asking ${port.model} again: ${count(problems.length)} in its answer` };
    earlier = { text, problems };
  }
}

function describeKept({ first, end }: Part, total: number): string {
  const what = first === 0 && end === total ? 'The requirements' : `Sentences ${first + 1} to ${end}`;
  return `${what} were read in an earlier run: the model is not asked again`;
}

function count(problems: number): string {
  return problems === 1 ? '1 thing is wrong' : `${problems} things are wrong`;
}

/** The earlier answer is quoted, and the fields of what is known are given, where they fit. */
function promptFor(
  part: Part,
  known: Draft,
  { request, statements, session: { format, port } }: PartContext,
  maxOutputTokens: number,
  earlier: Earlier | undefined,
): ModelPrompt {
  const room = port.limits.inputTokens - port.estimateTokens(format.prefix) - schemaTokens;
  const unquoted = earlier === undefined ? undefined : { ...earlier, text: '' };
  const [whole, ...shorter] = [{ earlier }, { earlier: unquoted }, { earlier: unquoted, isBrief: true }];
  let task = analysisTask(request, statements, part, known, whole);
  for (const options of shorter) {
    if (port.estimateTokens(task) <= room) break;
    task = analysisTask(request, statements, part, known, options);
  }
  return { prefix: format.prefix, task, maxOutputTokens };
}

/** What is wrong with an answer, and with the blueprint that it makes with what was known before. */
function examine(
  draft: Draft,
  part: Part,
  before: Draft,
  context: PartContext,
): { known: Draft; problems: readonly string[] } {
  const known = mergeDrafts(before, draft, specOfSession(context.session));
  const problems = [
    ...checkDraft(known, context.session.format.modules),
    ...checkSentences(draft, context.statements, part, context.answered),
  ];
  if (problems.length > 0) return { known, problems };
  const parsed = blueprintDraftSchema.safeParse(buildBlueprint(known, context));
  const issues = parsed.error?.issues ?? [];
  return { known, problems: issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}.`) };
}

function specOfSession({ format }: ModelSession): SpecOf {
  return (type) => format.specOf(type);
}

/** A digest of everything that an answer comes from. */
function workKey(part: Part, known: Draft, { request, statements, session }: PartContext): Promise<string> {
  const { format, port } = session;
  const task = analysisTask(request, statements, part, known);
  return sha256(utf8(JSON.stringify(['analysis', promptVersion, port.engine, port.model, format.prefix, task])));
}

/** An answer that was kept is checked like a new one: the store may hold anything. */
function readKept(
  kept: string | undefined,
  part: Part,
  before: Draft,
  context: PartContext,
): { draft: Draft; known: Draft } | undefined {
  if (kept === undefined) return undefined;
  const parsed = context.session.format.schema.safeParse(parseJson(kept));
  if (!parsed.success) return undefined;
  const draft = normalizeDraft(parsed.data, specOfSession(context.session));
  const { known, problems } = examine(draft, part, before, context);
  return problems.length === 0 ? { draft, known } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
