import * as vscode from 'vscode';
import * as z from 'zod';
import { installCommand, isInstalled } from '../core/npm-project.ts';
import { taskType } from './identifiers.ts';

const definitionSchema = z.object({ type: z.literal(taskType), project: z.string(), port: z.number() });
type Definition = z.infer<typeof definitionSchema>;

/** A task that installs, builds and starts a generated project, and the port it listens on. */
export interface ProjectTask {
  readonly execution: vscode.TaskExecution;
  readonly port: number;
}

/** The task of a project that is on already: in this session, or since before a reload. */
export function findProjectTask(folder: vscode.Uri): ProjectTask | undefined {
  for (const execution of vscode.tasks.taskExecutions) {
    const definition = definitionOf(execution);
    if (definition?.project === folder.toString()) return { execution, port: definition.port };
  }
  return undefined;
}

/** Starts the task of a project in a terminal that shows itself. */
export async function startProjectTask(folder: vscode.Uri, projectName: string): Promise<ProjectTask> {
  const port = await freePort();
  const definition: Definition = { type: taskType, project: folder.toString(), port };
  const scope = vscode.workspace.getWorkspaceFolder(folder) ?? vscode.TaskScope.Workspace;
  const task = new vscode.Task(definition, scope, `Run ${projectName}`, 'Takoss', await execution(folder, port));
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
  };
  return { execution: await vscode.tasks.executeTask(task), port };
}

/** Ends the task of a project, if it is on. */
export function stopProject(folder: vscode.Uri): void {
  findProjectTask(folder)?.execution.terminate();
}

/** How waiting for a project ended. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ended'; readonly exitCode: number | undefined }
  | { readonly kind: 'too-late' };

/** Milliseconds between two questions to the server, and until it is given up: an installation can take minutes. */
const pollInterval = 500;
const patience = 10 * 60_000;

/** Waits until the project answers, its task ends, or patience does. */
export async function waitUntilReady({ execution, port }: ProjectTask): Promise<Readiness> {
  let ended: Readiness | undefined;
  const project = definitionOf(execution)?.project;
  const listener = vscode.tasks.onDidEndTaskProcess((event) => {
    if (definitionOf(event.execution)?.project === project) ended = { kind: 'ended', exitCode: event.exitCode };
  });
  const deadline = Date.now() + patience;
  try {
    while (ended === undefined && Date.now() < deadline) {
      if ((await probe(port)) === 'answers') return { kind: 'ready' };
      await new Promise((resolve) => setTimeout(resolve, pollInterval));
    }
    return ended ?? { kind: 'too-late' };
  } finally {
    listener.dispose();
  }
}

function definitionOf(execution: vscode.TaskExecution): Definition | undefined {
  return definitionSchema.safeParse(execution.task.definition).data;
}

/** What has to be run before the project can be, as its README says it; undefined where everything is installed. */
export async function missingInstall(folder: vscode.Uri): Promise<string | undefined> {
  const [manifest, lockfile, installed] = await Promise.all(
    ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'].map((path) => readText(folder, path)),
  );
  const command = installCommand(manifest ?? '', lockfile ?? '');
  // Without a lockfile of the project, that npm came to its end is all there is to know.
  const isComplete =
    installed !== undefined && (lockfile === undefined || (command === 'npm ci' && isInstalled(lockfile, installed)));
  return isComplete ? undefined : command;
}

async function readText(folder: vscode.Uri, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, path)));
  } catch {
    return undefined;
  }
}

async function execution(folder: vscode.Uri, port: number): Promise<vscode.ShellExecution> {
  const install = await missingInstall(folder);
  const commandLine = [...(install === undefined ? [] : [install]), 'npm run build', 'npm start'].join(' && ');
  // Windows PowerShell, the default shell there, does not know `&&`. Only on Windows do paths come with backslashes.
  const isWindows = folder.fsPath.includes('\\');
  const shell = isWindows ? { executable: 'cmd.exe', shellArgs: ['/d', '/c'] } : {};
  return new vscode.ShellExecution(commandLine, { cwd: folder.fsPath, env: { PORT: String(port) }, ...shell });
}

/** The first port from 3000 on that refuses connections. */
async function freePort(): Promise<number> {
  for (let port = 3000; port < 3100; port += 1) {
    if ((await probe(port)) === 'refused') return port;
  }
  return 3000;
}

/** Asks a port of this machine for its home page. Whoever takes a connection and is slow to answer is there all the same. */
async function probe(port: number): Promise<'answers' | 'silent' | 'refused'> {
  try {
    await fetch(`http://localhost:${port}/`, { signal: AbortSignal.timeout(3000), redirect: 'manual' });
    return 'answers';
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'refused';
  }
}
