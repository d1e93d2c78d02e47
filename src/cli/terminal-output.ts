import { relative, sep } from 'node:path';
import { styleText } from 'node:util';
import type { GenerationResult, StreamEvent } from '../core/events.ts';
import { initialRunState, type PhaseState, type RunState, reduceRun } from '../core/run-state.ts';
import type { ConnectionState } from '../transport/remote-parts.ts';
import { describeConnection, type RunOutput, writeTo } from './output.ts';

const barWidth = 20;
const shownUncovered = 8;

/** Lines for people: a live line for the running phase on a terminal, and in any case a line per finished phase. */
export class TerminalOutput implements RunOutput {
  readonly #stream: NodeJS.WriteStream;
  #state: RunState = initialRunState;
  /** When the live line was last drawn, in ms; drawing more often than people see only costs time. */
  #drawnAt = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  event(event: StreamEvent): Promise<void> {
    this.#state = reduceRun(this.#state, event);
    switch (event.type) {
      case 'phase_start':
        return this.#drawLive(event.phase, true);
      case 'phase_progress':
      case 'code_chunk':
        return this.#drawLive(event.phase, false);
      case 'phase_complete':
      case 'complete':
        return this.#print(this.#finishedLine(event.phase, event.message, event.progress));
      case 'error':
        // The caller says what went wrong, on standard error.
        return this.#clearLive();
    }
  }

  connection(state: ConnectionState): void {
    // The live line is drawn again by the next event.
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[2K');
    process.stderr.write(`takoss: ${describeConnection(state)}\n`);
  }

  async result(result: GenerationResult, folder: string): Promise<void> {
    if (result.files.length === 0) {
      // Servers of the first version keep what they generate.
      return this.#print(
        `\nThe server keeps project ${result.projectId}; it sent no files, so nothing was written here.`,
      );
    }
    const { coverage, entities } = result.phases.analysis;
    const open = coverage.filter((sentence) => sentence.note !== undefined || sentence.coveredBy.length === 0);
    const lines = ['', `${result.files.length} files in ${folder}`];
    if (entities.length > 0) lines.push(`It stores: ${entities.map((entity) => entity.pluralLabel).join(', ')}`);
    lines.push(`${coverage.length - open.length} of ${coverage.length} sentences of the requirements are covered.`);
    for (const sentence of open.slice(0, shownUncovered)) {
      lines.push(`  ${this.#paint('yellow', '–')} ${shorten(sentence.text)}`);
      if (sentence.note !== undefined) lines.push(this.#paint('dim', `    ${sentence.note}`));
    }
    if (open.length > shownUncovered) lines.push(`  and ${open.length - shownUncovered} more, listed in its README.md`);
    lines.push('', 'Run it:', `  cd ${shellQuote(shortPath(folder))}`, '  npm ci', '  npm run dev', '');
    await this.#print(lines.join('\n'));
  }

  async #drawLive(phaseName: string, force: boolean): Promise<void> {
    if (!this.#stream.isTTY) return;
    const phase = this.#state.phases.find((candidate) => candidate.name === phaseName);
    const now = performance.now();
    if (phase === undefined || (!force && now - this.#drawnAt < 40)) return;
    this.#drawnAt = now;
    const filled = Math.round((barWidth * phase.percent) / 100);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
    const line = `  ${phase.title.padEnd(15)}${bar} ${String(this.#state.progress).padStart(3)}%  ${liveDetail(phase, this.#state)}`;
    await writeTo(this.#stream, `\r\x1b[2K${line.slice(0, Math.max(20, this.#stream.columns - 1))}`);
  }

  #finishedLine(phaseName: string, message: string, progress: number | undefined): string {
    const phase = this.#state.phases.find((candidate) => candidate.name === phaseName);
    const percent = `${String(progress ?? 0).padStart(3)}%`;
    return `${this.#paint('green', '✓')} ${(phase?.title ?? phaseName).padEnd(15)}${percent}  ${message}`;
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

function liveDetail(phase: PhaseState, state: RunState): string {
  if (state.live !== undefined && phase.taskTotal > 0) return state.live.path;
  return phase.message;
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
