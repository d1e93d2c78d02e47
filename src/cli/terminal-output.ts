import { relative, sep } from 'node:path';
import { styleText } from 'node:util';
import { splitCoverage } from '../core/coverage-parts.ts';
import type { GenerationResult, StreamEvent } from '../core/events.ts';
import { initialRunState, type PhaseState, type RunState, reduceRun } from '../core/run-state.ts';
import { checkFacts, coverageFacts, describeCost, shortWarning, usageFacts } from '../core/run-words.ts';
import type { SliceOutcome } from '../core/slice-outcome.ts';
import type { ConnectionState } from '../transport/remote-parts.ts';
import { askYesNo, canAsk } from './ask.ts';
import { modelSummary } from './model-summary.ts';
import { describeConnection, type RunOutput, writeTo } from './output.ts';

const barWidth = 20;
const shownUncovered = 8;
const shownFound = 12;

/** Lines for people: a live line for the running phase on a terminal, and in any case a line per finished phase. */
export class TerminalOutput implements RunOutput {
  readonly #stream: NodeJS.WriteStream;
  #state: RunState = initialRunState;
  /** When the live line was last drawn, in ms; drawing more often than people see only costs time. */
  #drawnAt = 0;
  #lastStatus = '';
  /** A question has the line; the run goes on. */
  #isAsking = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  event(event: StreamEvent): Promise<void> {
    this.#state = reduceRun(this.#state, event);
    switch (event.type) {
      case 'phase_start':
        return this.#drawLive(event.phase, true);
      case 'phase_progress':
        return this.#progress(event);
      case 'code_chunk':
        return this.#drawLive(event.phase, false);
      case 'phase_complete':
      case 'complete':
        return this.#finish(event.phase, event.message, event.progress);
      case 'error':
        return this.#stopped();
    }
  }

  connection(state: ConnectionState): void {
    this.say(describeConnection(state));
  }

  async ask(question: string, signal: AbortSignal): Promise<boolean | undefined> {
    if (!canAsk()) return undefined;
    await this.#clearLive();
    this.#isAsking = true;
    try {
      return await askYesNo(question, signal);
    } finally {
      this.#isAsking = false;
    }
  }

  say(text: string): void {
    // The live line is drawn again by the next event.
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[2K');
    process.stderr.write(`takoss: ${text}\n`);
  }

  async result(result: GenerationResult, folder: string, installCommand: string): Promise<void> {
    if (result.files.length === 0) {
      // Servers of the first version keep what they generate.
      return this.#print(
        `\nThe server keeps project ${result.projectId}; it sent no files, so nothing was written here.`,
      );
    }
    const { entities } = result.phases.analysis;
    const parts = splitCoverage(result.phases.analysis);
    const { inPart, uncovered } = parts;
    const open = [...uncovered, ...inPart];
    const lines = ['', `${result.files.length} files in ${folder}`];
    if (result.warning !== undefined) lines.push(this.#paint('yellow', `${shortWarning(result.warning)}.`));
    for (const { text, style } of modelSummary(result)) {
      lines.push(style === undefined ? text : this.#paint(style, text));
    }
    if (entities.length > 0) lines.push(`It stores: ${entities.map((entity) => entity.pluralLabel).join(', ')}`);
    lines.push(`Of the requirements: ${coverageFacts(parts).join(', ')}.`);
    for (const { text, note } of open.slice(0, shownUncovered)) {
      lines.push(`  ${this.#paint('yellow', '–')} ${shorten(text)}`, this.#paint('dim', `    ${note}`));
    }
    if (open.length > shownUncovered) lines.push(`  and ${open.length - shownUncovered} more, listed in its README.md`);
    lines.push('', 'Run it:', `  cd ${shellQuote(shortPath(folder))}`, `  ${installCommand}`, '  npm run dev', '');
    await this.#print(lines.join('\n'));
  }

  /** What stays on the screen of what a model says: notices, what features will cost, and what became of them. The rest shows in the live line. */
  async #progress({ phase, message, data }: StreamEvent & { type: 'phase_progress' }): Promise<void> {
    if (data?.notice !== undefined) await this.#print(`${this.#paint('yellow', '!')} ${data.notice}`);
    if (data?.estimate !== undefined) await this.#print(`  ${message}`);
    if (data?.slice !== undefined) await this.#slice(data.slice);
    if (data !== undefined && Object.keys(data).length === 0) await this.#status(message);
    await this.#drawLive(phase, false);
  }

  /** What a terminal shows in its live line, a log has to tell once: that the run waits, say, or installs packages; not how far it is. */
  async #status(text: string): Promise<void> {
    const [what = text] = text.split(':', 1);
    if (this.#stream.isTTY || what === this.#lastStatus) return;
    this.#lastStatus = what;
    await this.#print(`  ${text}`);
  }

  async #slice(slice: SliceOutcome): Promise<void> {
    const { status, title, reason } = slice;
    if (status === 'accepted') {
      const facts = checkFacts(slice);
      const how = facts.length === 0 ? '' : this.#paint('dim', ` (${facts.join(', ')})`);
      await this.#print(`  ${this.#paint('green', '✓')} Feature ready: ${title}${how}`);
    }
    if (status === 'left-out') {
      await this.#print(`  ${this.#paint('yellow', '–')} Feature left out: ${title}`);
      if (reason !== undefined) await this.#print(this.#paint('dim', `    ${reason}`));
    }
  }

  async #finish(phaseName: string, message: string, progress: number | undefined): Promise<void> {
    await this.#print(this.#finishedLine(phaseName, message, progress));
    if (phaseName !== 'analysis') return;
    const { entities, features } = this.#state.found;
    if (entities.length > 0) await this.#print(this.#paint('dim', `  Entities: ${listed(entities)}`));
    if (features.length > 0) await this.#print(this.#paint('dim', `  Features: ${listed(features)}`));
  }

  /** The caller says what went wrong, on standard error; what it cost until then is said here. */
  async #stopped(): Promise<void> {
    const { usage } = this.#state;
    if (usage === undefined || usage.outputTokens === 0) return this.#clearLive();
    await this.#print(`Used until then: ${usageFacts(usage).join(', ')}`);
  }

  async #drawLive(phaseName: string, force: boolean): Promise<void> {
    if (!this.#stream.isTTY || this.#isAsking) return;
    const phase = this.#state.phases.find((candidate) => candidate.name === phaseName);
    const now = performance.now();
    if (phase === undefined || (!force && now - this.#drawnAt < 40)) return;
    this.#drawnAt = now;
    const filled = Math.round((barWidth * phase.percent) / 100);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
    const { usage, estimate, progress } = this.#state;
    const cost = usage === undefined ? undefined : (describeCost(usage, estimate) ?? usageFacts(usage).join(', '));
    const details = [...(cost === undefined ? [] : [cost]), liveDetail(phase, this.#state)].join('  ');
    const line = `  ${phase.title.padEnd(15)}${bar} ${String(Math.floor(progress)).padStart(3)}%  ${details}`;
    await writeTo(this.#stream, `\r\x1b[2K${line.slice(0, Math.max(20, this.#stream.columns - 1))}`);
  }

  #finishedLine(phaseName: string, message: string, progress: number | undefined): string {
    const phase = this.#state.phases.find((candidate) => candidate.name === phaseName);
    const percent = `${String(progress ?? 0).padStart(3)}%`;
    const { warning } = this.#state;
    const isWarned = phaseName === 'complete' && warning !== undefined;
    const mark = isWarned ? this.#paint('yellow', '!') : this.#paint('green', '✓');
    const words = isWarned ? shortWarning(warning) : message;
    return `${mark} ${(phase?.title ?? phaseName).padEnd(15)}${percent}  ${words}`;
  }

  async #print(text: string): Promise<void> {
    await this.#clearLive();
    await writeTo(this.#stream, `${text}\n`);
  }

  async #clearLive(): Promise<void> {
    if (this.#stream.isTTY) await writeTo(this.#stream, '\r\x1b[2K');
  }

  #paint(style: 'green' | 'yellow' | 'dim', text: string): string {
    return this.#stream.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
  }
}

/** What is going on: of features that are written several at once, what becomes of them says more than a path. */
function liveDetail(phase: PhaseState, { live, slices }: RunState): string {
  const isWritingSlices = phase.name === 'frontend' && slices.length > 0;
  return live !== undefined && phase.taskTotal > 0 && !isWritingSlices ? live.path : phase.message;
}

function listed(names: readonly string[]): string {
  // One more takes no more room than saying that there is one.
  if (names.length <= shownFound + 1) return names.join(', ');
  return `${names.slice(0, shownFound).join(', ')} and ${names.length - shownFound} more`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

function shortPath(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path === '' ? '.' : path.startsWith(`..${sep}`) || path === '..' ? folder : path;
}

function shellQuote(path: string): string {
  return /^[\w./\\:-]+$/.test(path) ? path : `"${path}"`;
}
