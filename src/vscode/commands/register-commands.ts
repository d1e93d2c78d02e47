import * as vscode from 'vscode';
import { toTakossError } from '../../core/errors.ts';
import { type CommandName, commandIds } from '../identifiers.ts';
import { reportProblem } from '../problems.ts';
import type { Services } from '../services.ts';

type Handler = (services: Services, argument?: unknown) => unknown;

/** Every command and what it does. What is more than a line is loaded when it is first used. */
const handlers: Readonly<Record<CommandName, Handler>> = {
  generateProject: async (services, argument) =>
    (await import('./generate-project.ts')).generateProject(services, argument),
  generateFromDocument: async (services) => (await import('./generate-project.ts')).generateFromDocument(services),
  cancelGeneration: ({ runs }) => runs.cancel(),
  showProgress: ({ tracker }) => tracker.show({ preserveFocus: false }),
  clearProgress: ({ runs }) => runs.clear(),
  retryGeneration: async (services, argument) =>
    (await import('./retry-generation.ts')).retryGeneration(services, argument),
  undoGeneration: async (services, argument) =>
    (await import('./undo-generation.ts')).undoGeneration(services, argument),
  runProject: async (services, argument) => (await import('./run-project.ts')).runProject(services, argument),
  openReadme: async (services) => (await import('./open-readme.ts')).openReadme(services),
  openGeneratedFile: async (services, path) =>
    (await import('./open-readme.ts')).openGeneratedFile(services, String(path)),
  showLog: ({ log }) => log.show(),
  signIn: async (services, argument) => (await import('./sign-in.ts')).signIn(services, argument),
  signOut: async (services) => (await import('./sign-out.ts')).signOut(services),
  setApiKey: async (services, argument) => (await import('./set-api-key.ts')).setApiKey(services, argument),
  clearApiKey: async (services, argument) => (await import('./clear-api-key.ts')).clearApiKey(services, argument),
  chooseModel: async (services) => (await import('./choose-model.ts')).chooseModel(services),
  testConnection: async (services) => (await import('./test-connection.ts')).testConnection(services),
};

/** Registers every command. A failure is told to the user; the code that called the command with an argument gets it as well. */
export function registerCommands(services: Services): vscode.Disposable {
  const names = Object.keys(handlers) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commandIds[name], (argument) => run(services, name, argument)),
    ),
  );
}

/** Goes on with the run from before a reload of the window, where one continues on a server. */
export async function resumeRun(services: Services): Promise<void> {
  if (!services.runs.canResume) return;
  try {
    const { resumePlan } = await import('./run-plan.ts');
    // Another run may have begun meanwhile.
    if (services.runs.canResume) await resumePlan(services);
  } catch (thrown) {
    reportProblem(toTakossError(thrown), 'remote');
  }
}

async function run(services: Services, name: CommandName, argument: unknown): Promise<unknown> {
  try {
    return await handlers[name](services, argument);
  } catch (thrown) {
    const error = toTakossError(thrown);
    services.log.error(`${commandIds[name]}: ${error.message}`);
    if (error.code === 'internal' && error.cause instanceof Error) services.log.error(error.cause);
    reportProblem(error, services.runs.state.engine?.kind);
    if (argument !== undefined && argument !== null) throw error;
    return undefined;
  }
}
