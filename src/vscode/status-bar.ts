import * as vscode from 'vscode';
import type { ModelUsage } from '../core/model-usage.ts';
import type { RunState } from '../core/run-state.ts';
import { formatUsd, shortWarning, usageFacts } from '../core/run-words.ts';
import { describeLostConnection, type TrackerState } from '../protocol/messages.ts';
import { Disposables } from './disposables.ts';
import { commandIds } from './identifiers.ts';
import type { RunController } from './run-controller.ts';

/** How long the outcome stays, in milliseconds. */
const outcomeDuration = 30_000;

/** Phase and percentage of the run in the status bar, and for a while how it ended. A click opens the tracker. */
export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #disposables = new Disposables();
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the seconds down to the next attempt to connect. */
  #countdown: ReturnType<typeof setInterval> | undefined;
  #wasRunning = false;
  #shownUsage: ModelUsage | undefined;

  constructor(runs: RunController) {
    this.#item = vscode.window.createStatusBarItem('takoss.progress', vscode.StatusBarAlignment.Left, 10);
    this.#item.name = 'Takoss Progress';
    this.#item.command = commandIds.showProgress;
    this.#disposables.add(this.#item);
    this.#disposables.add(
      runs.onDidChange(() => {
        this.#count(runs);
        this.#update(runs.state);
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#hideTimer);
    clearInterval(this.#countdown);
    this.#disposables.dispose();
  }

  #count(runs: RunController): void {
    const isLost = runs.state.connection !== undefined && runs.state.run.status === 'running';
    if (isLost === (this.#countdown !== undefined)) return;
    clearInterval(this.#countdown);
    this.#countdown = isLost ? setInterval(() => this.#update(runs.state), 500) : undefined;
  }

  #update(state: TrackerState): void {
    if (state.run.status === 'running') {
      clearTimeout(this.#hideTimer);
      this.#wasRunning = true;
      this.#show(describeRunning(state), state);
      return;
    }
    if (state.projectName === undefined) this.#item.hide();
    if (!this.#wasRunning) return;
    this.#wasRunning = false;
    if (state.projectName === undefined) return;
    this.#show(describeOutcome(state), state);
    this.#hideTimer = setTimeout(() => this.#item.hide(), outcomeDuration);
  }

  #show({ text, spoken, severity }: Description, state: TrackerState): void {
    // Thousands of pieces arrive in a second, and nearly none of them changes these words.
    if (this.#item.text === text && this.#shownUsage === state.run.usage) return;
    this.#shownUsage = state.run.usage;
    this.#item.text = text;
    this.#item.tooltip = tooltip(state);
    this.#item.backgroundColor = severity && new vscode.ThemeColor(`statusBarItem.${severity}Background`);
    this.#item.accessibilityInformation = { label: spoken, role: 'button' };
    this.#item.show();
  }
}

interface Description {
  readonly text: string;
  readonly spoken: string;
  readonly severity?: 'warning' | 'error';
}

function describeRunning({ projectName = 'a project', run, connection }: TrackerState): Description {
  if (connection !== undefined) {
    const words = describeLostConnection(connection, Date.now());
    return {
      text: `$(debug-disconnect) Takoss: ${words}`,
      spoken: `Takoss is generating ${projectName}. ${words}. Show progress.`,
    };
  }
  const phase = run.phases.at(-1)?.title ?? 'Starting';
  const percent = Math.round(run.progress);
  return {
    text: `$(loading~spin) Takoss: ${phase} ${percent}%${cost(run)}`,
    spoken: `Takoss is generating ${projectName}: ${phase}, ${percent} percent. Show progress.`,
  };
}

/** What the run has cost so far, where that is known and anything. */
function cost({ usage }: RunState): string {
  return usage?.costUsd === undefined || usage.costUsd === 0 ? '' : ` · ${formatUsd(usage.costUsd)}`;
}

function describeOutcome({ projectName = 'the project', run }: TrackerState): Description {
  switch (run.status) {
    case 'succeeded':
      if (run.warning !== undefined) {
        return {
          text: `$(warning) Takoss: ${projectName} has a warning${cost(run)}`,
          spoken: `Takoss: ${projectName} was written with a warning. ${shortWarning(run.warning)}. Show progress.`,
          severity: 'warning',
        };
      }
      return {
        text: `$(check) Takoss: ${projectName} is ready${cost(run)}`,
        spoken: `Takoss: ${projectName} is ready.`,
      };
    case 'cancelled':
      return { text: '$(circle-slash) Takoss: cancelled', spoken: 'Takoss: generation cancelled.' };
    default:
      return {
        text: '$(error) Takoss: failed',
        spoken: `Takoss: generating ${projectName} failed.`,
        severity: 'error',
      };
  }
}

function tooltip({ projectName = '', run, target, connection, engine }: TrackerState): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.appendMarkdown('**Takoss** — ').appendText(projectName).appendMarkdown('\n\n');
  text.appendText(
    connection === undefined
      ? (run.warning?.message ?? run.message)
      : `The connection to the server was lost: ${connection.reason}.`,
  );
  if (engine !== undefined) text.appendMarkdown('\n\n$(sparkle) ').appendText(`With ${engine.label}`);
  if (run.usage !== undefined) {
    text.appendMarkdown('\n\n$(dashboard) ').appendText(usageFacts(run.usage, run.estimate).join(' · '));
  }
  if (target !== undefined) text.appendMarkdown('\n\n$(folder) ').appendText(target);
  return text.appendMarkdown('\n\n_Click to show progress_');
}
