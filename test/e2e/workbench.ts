import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';
import { languageModelExtension } from '../vscode/language-model.ts';
import { packAndUnpack } from '../vscode/package.ts';
import { type Server, startServer, withoutKeys } from '../vscode/server.ts';

export type Theme = 'Default Light Modern' | 'Default Dark Modern' | 'Default High Contrast';

export interface WorkbenchOptions {
  /** False: a window without a folder. */
  readonly folder?: boolean;
  readonly trust?: boolean;
  readonly theme?: Theme;
  readonly size?: { width: number; height: number };
  readonly settings?: Record<string, unknown>;
  /** Whether another extension brings language models, and how many ms it takes for 24 characters of an answer. */
  readonly languageModel?: { readonly paceMs: number };
}

const pictures = fileURLToPath(new URL('../../test-results/', import.meta.url));
let packaged: Promise<string> | undefined;

/** The packaged extension. Made once for all windows of a process, and removed when that ends. */
function packagedExtension(): Promise<string> {
  packaged ??= packAndUnpack().then(({ vsix }) => {
    process.once('exit', () => rmSync(dirname(vsix), { recursive: true, force: true }));
    return vsix;
  });
  return packaged;
}

/** A VS Code with the packaged extension installed, used as a person does: by what is on the screen. */
export class Workbench {
  readonly page: Page;
  /** The open folder, or where it would be. */
  readonly folder: string;
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #home: string;

  private constructor(page: Page, folder: string, server: Server, browser: Browser, home: string) {
    this.page = page;
    this.folder = folder;
    this.#server = server;
    this.#browser = browser;
    this.#home = home;
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { folder: hasFolder = true, trust = true, theme = 'Default Dark Modern' } = options;
    const executablePath = await findChromium();
    const vsix = await packagedExtension();
    const home = await realpath(await mkdtemp(join(tmpdir(), 'takoss-e2e-')));
    const folder = join(home, 'workspace');
    await mkdir(folder);
    const settings = { 'workbench.colorTheme': theme, 'files.simpleDialog.enable': true, ...options.settings };
    const { languageModel } = options;
    const provider =
      languageModel === undefined ? undefined : await languageModelExtension(join(home, 'language-model'));
    const pace = languageModel === undefined ? {} : { TAKOSS_LANGUAGE_MODEL_PACE: String(languageModel.paceMs) };
    const server = await startServer({
      trust,
      vsix,
      settings,
      environment: { ...withoutKeys(process.env), ...pace },
      ...(provider === undefined ? {} : { linked: provider }),
    });
    const browser = await chromium.launch({ executablePath, args: chromiumArguments });
    const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 860 } });
    page.setDefaultTimeout(60_000);
    const workbench = new Workbench(page, folder, server, browser, home);
    await page.goto(server.windowUrl(hasFolder ? { folder } : {}));
    await workbench.#isReady();
    return workbench;
  }

  async #isReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
    // The remote indicator has its name once extensions can be started.
    await this.page.locator('.statusbar-item[id="status.host"]').waitFor();
  }

  /** *Developer: Reload Window*. Reloading the page instead would lose what VS Code has not saved yet. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.#isReady();
  }

  /** F1, the title, Enter; once more where something else took the keyboard, and with it the list, before Enter. */
  async runCommand(title: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.openCommandPalette(title);
      try {
        await this.#input.press('Enter', { timeout: 5_000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /**
   * *Generate Project*, up to its first question. A tracker that has just been asked for takes the keyboard when it is
   * there, and may close the list of commands in the very moment of Enter: who sees no question asks again.
   */
  async startGenerating(): Promise<void> {
    const name = 'The name of the project';
    await this.runCommand('Takoss: Generate Project');
    try {
      await this.question(name);
    } catch {
      await this.runCommand('Takoss: Generate Project');
      await this.question(name);
    }
  }

  /**
   * F1 and the title, and waits until it is the one that Enter would run. A window that has just opened may not know the
   * commands of extensions yet, and the list does not change while it is open: so it is opened again. A webview that is
   * just loading swallows keys, too.
   */
  async openCommandPalette(title: string): Promise<void> {
    await this.#find(`>${title}`, title);
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.#find(name, name);
    await this.#input.press('Enter');
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  async #find(text: string, found: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: found });
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press('F1');
      try {
        await this.#input.fill(text, { timeout: 5_000 });
        await row.waitFor({ timeout: Math.min(attempt, 5) * 1_000 });
        return;
      } catch (error) {
        if (attempt === 15) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get #input(): Locator {
    return this.quickInput.locator('.quick-input-box input:visible').first();
  }

  /** Waits for a question by a part of what it says. */
  async question(text: string | RegExp): Promise<void> {
    const byText = this.quickInput.getByText(text).first();
    const byPlaceholder = this.quickInput.getByPlaceholder(text).first();
    await byText.or(byPlaceholder).first().waitFor({ timeout: 30_000 });
  }

  /** Replaces what stands in the question's input, as pasted, and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.#input.press('Enter');
  }

  /** Replaces what stands in the question's input, as pasted. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Leaves the question. A tracker that has just been shown may have the keyboard, so it is given to the question first. */
  async dismiss(): Promise<void> {
    await this.#input.press('Escape');
  }

  /** Leaves whatever a command asks, where it asks anything. */
  async leaveQuestions(): Promise<void> {
    for (let tries = 0; tries < 10; tries += 1) {
      await this.page.waitForTimeout(200);
      if (await this.quickInput.isVisible()) await this.dismiss().catch(() => undefined);
      else if (tries >= 3) return;
    }
  }

  /** Clicks one of the choices of a question. */
  async pick(label: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /**
   * Presses Enter once there is a choice to take, or this one: a question stands there before its choices do, and Enter is
   * lost on it.
   */
  async acceptFirst(label: string | RegExp = ''): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).first().waitFor();
    await this.#input.press('Enter');
  }

  /** Answers the first two questions of *Generate Project*. */
  async startWith(project: { name: string; description: string }): Promise<void> {
    await this.startGenerating();
    await this.answer(project.name);
    await this.question(/What is it, in a sentence/);
    await this.answer(project.description);
    await this.question(/Where are the requirements/);
  }

  /** Answers all questions of *Generate Project* with requirements typed in. */
  async generate(project: { name: string; description: string; requirements: string }): Promise<void> {
    await this.startWith(project);
    await this.pick('Type them here');
    await this.question('What should the application do?');
    await this.answer(project.requirements);
    await this.question(/Where should the project go/);
    await this.acceptFirst();
  }

  /** What is inside the webview of the tracker; a preview of Markdown is a webview too. */
  get tracker(): FrameLocator {
    const webview = 'iframe.webview.ready[src*="extensionId=takoss.takoss"]';
    return this.page.frameLocator(webview).frameLocator('#active-frame');
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item', { hasText: text }).first();
  }

  /**
   * Waits for a notification, where it pops up or, if it is not there any more, behind the bell: VS Code hides them after a while.
   */
  async notified(text: string | RegExp): Promise<Locator> {
    const notification = this.notification(text);
    try {
      await notification.waitFor({ timeout: 20_000 });
    } catch {
      await this.page.locator('.statusbar-item[id="status.notifications"]').click();
      await notification.waitFor();
    }
    return notification;
  }

  /** The dialog that has to be answered before anything else. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Clicks the button with this label in the dialog. Returns what the dialog said. */
  async answerDialog(button: string): Promise<string> {
    const text = await this.dialog.innerText();
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
    return text;
  }

  /** Waits until keys that are pressed go to the tracker: it takes the keyboard a moment after it is there. */
  async trackerHasKeyboard(): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await this.tracker.locator('body').evaluate((body) => body.ownerDocument.hasFocus())) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error('The tracker did not take the keyboard.');
  }

  /** Lets the extension host go on after {@link pauseWhen}. */
  resume(): void {
    signalAll(this.#extensionHosts(), 'SIGCONT');
  }

  /**
   * Stops the extension host in its tracks at a moment that passes too quickly to be caught by looking: lets it run in small
   * steps until what is on the screen fits.
   * @param stepLength how long it may run between two looks, in milliseconds
   */
  async pauseWhen(isThere: () => Promise<boolean>, what: string, stepLength = 30): Promise<void> {
    const hosts = this.#extensionHosts();
    for (let step = 0; step < 600; step += 1) {
      signalAll(hosts, 'SIGSTOP');
      // What it has already said takes a moment to be drawn, and on a busy machine a longer one.
      await this.page.waitForTimeout(60);
      if (await isThere()) {
        await this.page.waitForTimeout(600);
        if (await isThere()) return;
      }
      signalAll(hosts, 'SIGCONT');
      // Not by a timer of the page: what it is late by would be a longer step.
      await sleep(stepLength);
    }
    throw new Error(`There was no moment at which ${what}.`);
  }

  #extensionHosts(): number[] {
    const { pid } = this.#server.process;
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,args='], { encoding: 'utf8' }).split('\n');
    return lines
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .filter((match) => Number(match?.[2]) === pid && match?.[3]?.includes('--type=extensionHost') === true)
      .map((match) => Number(match?.[1]));
  }

  /** Saves what the window looks like now under test-results/. */
  async screenshot(name: string): Promise<string> {
    await mkdir(pictures, { recursive: true });
    const path = join(pictures, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  async close(): Promise<void> {
    this.resume();
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) process.kill(pid, signal);
}
