import type { BlueprintDraft } from '../../../core/blueprint-draft.ts';
import { breathe } from '../../../core/breathe.ts';
import { throwIfCancelled } from '../../../core/errors.ts';
import type { EngineStep } from '../../../core/ports.ts';
import type { ProjectRequest } from '../../../core/request.ts';
import { formatUsd } from '../../../core/run-words.ts';
import { readTheme } from '../../../reading/colours.ts';
import { readRequirements } from '../../../reading/read-requirements.ts';
import { type Statement, splitStatements } from '../../../reading/sentences.ts';
import type { ModelSession } from '../session.ts';
import { Asker } from './ask.ts';
import { buildBlueprint } from './build.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { mergeDrafts, unmetDraft } from './normalize.ts';
import { halve, planParts } from './parts.ts';
import type { Part } from './prompt.ts';
import { type PartContext, readPart } from './read-part.ts';

/**
 * Reads a request with the model: in parts where it is long, each checked and repaired before the next. Where no good answer comes, where
 * the budget is used up, or where the model is too small, rules read it and a notice says so. Failures of the service
 * are thrown; the parts read until then are kept for the next run.
 */
export async function* analyzeWithModel(
  request: ProjectRequest,
  session: ModelSession,
  options: { readonly signal: AbortSignal },
): AsyncGenerator<EngineStep, BlueprintDraft, void> {
  const { signal } = options;
  throwIfCancelled(signal);
  const statements = splitStatements(request.requirements);
  await breathe(signal);
  const theme = readTheme(statements);
  const context: PartContext = {
    request,
    statements,
    theme,
    session,
    modules: session.format.modules,
    asker: new Asker(session),
    answered: needNoAnswer(statements, theme.sentences),
    signal,
  };
  const read = yield* readAll(context);
  if (read.kind === 'read') return buildBlueprint(read.known, context);
  yield {
    kind: 'notice',
    text: `The requirements were read by rules instead of by ${session.port.model}: ${read.reason}`,
  };
  const { fieldTypes, modules } = session.format;
  return yield* readRequirements(request, { ...options, fieldTypes: fieldTypes.specs, modules });
}

/** Headings over others are answered by those, and colours by the rules. */
function needNoAnswer(statements: readonly Statement[], themed: readonly number[]): Set<number> {
  const over = statements.flatMap(({ under }) => (under === undefined ? [] : [under]));
  return new Set([...themed, ...over.filter((index) => statements[index]?.kind === 'heading')]);
}

type AllResult =
  | { readonly kind: 'read'; readonly known: Draft }
  | { readonly kind: 'offline'; readonly reason: string };

async function* readAll(context: PartContext): AsyncGenerator<EngineStep, AllResult, void> {
  const { request, statements, session, signal } = context;
  const { port, meter } = session;
  const planned = planParts(request, statements, session);
  if (planned === undefined) return { kind: 'offline', reason: 'it takes too little text at once.' };
  const waiting = [...planned];
  let known = emptyDraft;
  let done = 0;
  let lost = 0;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    throwIfCancelled(signal);
    const total = done + waiting.length + 2;
    yield { kind: 'task', task: taskOf(part, statements.length, port.model), index: done + 1, total };
    const result = yield* readPart(part, known, context);
    if (result.kind === 'budget') {
      const budget = formatUsd(meter.usage.budgetUsd ?? 0);
      return { kind: 'offline', reason: `the budget of ${budget} was reached.` };
    }
    if (result.kind === 'too-long') {
      const halves = halve(part);
      if (halves === undefined) return { kind: 'offline', reason: 'its answer is longer than it may write.' };
      waiting.unshift(...halves);
      continue;
    }
    done++;
    if (result.kind === 'read') {
      known = result.known;
      continue;
    }
    const why = result.reason;
    const sentences = part.end - part.first;
    lost += sentences;
    const isRefused = result.kind === 'refused';
    // One bad part in many costs its sentences; when most is lost, rules read more.
    if (lost * 2 > statements.length) {
      const what = isRefused ? 'it declined.' : 'its answer could not be used, and was not put right when asked again.';
      return { kind: 'offline', reason: `${what} ${why}` };
    }
    const unmet = unmetDraft(indexes(part), 'The model gave no answer for it that could be used.');
    known = mergeDrafts(known, unmet, (type) => session.format.specOf(type));
    const nothing = `Nothing was built for sentences ${part.first + 1} to ${part.end}`;
    const text = isRefused
      ? `${nothing}: the model declined. ${why}`
      : `${nothing}: the model gave no answer for them that could be used. ${why} Generate again to have them read once more.`;
    yield { kind: 'notice', text };
  }
  yield { kind: 'task', task: 'Planning features and pages', index: done + 1, total: done + 1 };
  await breathe(signal);
  return { kind: 'read', known };
}

function taskOf({ first, end }: Part, total: number, model: string): string {
  if (first === 0 && end === total) return `Reading ${total} ${total === 1 ? 'sentence' : 'sentences'} with ${model}`;
  return `Reading sentences ${first + 1} to ${end} of ${total} with ${model}`;
}

function indexes({ first, end }: Part): number[] {
  return Array.from({ length: end - first }, (_, at) => first + at);
}
