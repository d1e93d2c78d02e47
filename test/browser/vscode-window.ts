/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page, type Route } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';
import { type Packaged, packAndUnpack } from '../vscode/package.ts';
import { type Server, startServer, withoutKeys } from '../vscode/server.ts';
import type { Answer, Order } from './driver.ts';

/** The open folder: in the memory of the window. */
export const workspace = 'tmp:/workspace';

/** Where the window finds extensions. */
const takossPath = '/test-extensions/takoss';
const driverPath = '/test-extensions/driver';

const driverManifest = {
  name: 'driver',
  publisher: 'takoss-test',
  version: '0.0.1',
  engines: { vscode: '^1.104.0' },
  browser: './driver.cjs',
  activationEvents: ['*'],
};

/**
 * A VS Code that is nothing but a page, as vscode.dev is: no server behind it, extensions in a worker, files in memory. The packaged extension is
 * in it as it ships.
 */
export class VsCodeWindow {
  readonly page: Page;
  /** Files of the extension that were read, and their lengths in bytes. */
  readonly read = new Map<string, number>();
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #packaged: Packaged;
  readonly #orders: Order[] = [];
  readonly #answers: ((answer: Answer) => void)[] = [];
  #wake = (): void => {};

  private constructor(page: Page, server: Server, browser: Browser, packaged: Packaged) {
    this.page = page;
    this.#server = server;
    this.#browser = browser;
    this.#packaged = packaged;
  }

  static async open(): Promise<VsCodeWindow> {
    const packaged = await packAndUnpack();
    // It only has the files of the page.
    const server = await startServer({ trust: true, environment: withoutKeys(process.env) });
    const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const window = new VsCodeWindow(await context.newPage(), server, browser, packaged);
    window.page.setDefaultTimeout(90_000);
    const url = new URL(server.windowUrl({}));
    await window.#serve(context, url.host);
    url.search = new URLSearchParams({ folder: workspace }).toString();
    await window.page.goto(url.href);
    await window.page.locator('.monaco-workbench .statusbar').waitFor();
    return window;
  }

  /** Carries an order out inside of VS Code. */
  async order(order: Order): Promise<unknown> {
    const answer = await new Promise<Answer>((resolve) => {
      this.#orders.push(order);
      this.#answers.push(resolve);
      this.#wake();
    });
    if ('value' in answer) return answer.value;
    throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
  }

  /** What is inside the webview of the tracker. */
  get tracker(): FrameLocator {
    const webview = 'iframe.webview.ready[src*="extensionId=takoss.takoss"]';
    return this.page.frameLocator(webview).frameLocator('#active-frame');
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await this.#packaged.remove();
  }

  async #serve(context: BrowserContext, host: string): Promise<void> {
    const driver = await bundleDriver();
    await context.route(
      ({ pathname }) => pathname === '/',
      async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: withExtensions(await response.text(), host) });
      },
    );
    await context.route('**/workbench.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: withoutRemote(await response.text()) });
    });
    await context.route(`**${takossPath}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname.slice(takossPath.length + 1);
      const body = await readFile(join(this.#packaged.extension, path)).catch(() => undefined);
      this.read.set(path, body?.length ?? 0);
      await route.fulfill(body === undefined ? { status: 404 } : { body, contentType: typeOf(path) });
    });
    await context.route(`**${driverPath}/package.json`, (route) => route.fulfill({ json: driverManifest }));
    await context.route(`**${driverPath}/driver.cjs`, (route) => route.fulfill({ body: driver }));
    await context.route(`**${driverPath}/order`, (route) => this.#giveOrder(route));
    await context.route(`**${driverPath}/answer`, async (route) => {
      // Sent by the driver, and by nobody else.
      this.#answers.shift()?.(route.request().postDataJSON() as Answer);
      await route.fulfill({ status: 204 });
    });
  }

  async #giveOrder(route: Route): Promise<void> {
    while (this.#orders.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    await route.fulfill({ json: this.#orders.shift() });
  }
}

async function bundleDriver(): Promise<string> {
  const { outputFiles } = await build({
    bundle: true,
    entryPoints: [fileURLToPath(new URL('driver.ts', import.meta.url))],
    external: ['vscode'],
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

function typeOf(path: string): string {
  if (path.endsWith('.json')) return 'application/json';
  if (path.endsWith('.css')) return 'text/css';
  return /\.c?js$/.test(path) ? 'text/javascript' : 'application/octet-stream';
}

/** The page of the workbench, told to take the two extensions. */
function withExtensions(html: string, host: string): string {
  return replaced(html, /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/, (_, start, settings) => {
    const configuration = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    const extensions = [takossPath, driverPath].map((path) => ({ scheme: 'http', authority: host, path }));
    const ours = {
      ...configuration,
      developmentOptions: { ...configuration.developmentOptions, extensions },
      configurationDefaults: { 'workbench.startupEditor': 'none', 'chat.disableAIFeatures': true },
    };
    return start + JSON.stringify(ours).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  });
}

/** The workbench of code-server always has a server, and keeps even settings there. As it comes from VS Code, it keeps them in the browser. */
function withoutRemote(script: string): string {
  const alone = replaced(script, /remoteAuthority:location\.host\}/, () => 'remoteAuthority:void 0}');
  return replaced(
    alone,
    /(get userRoamingDataHome\(\)\{[^}]*scheme:\w+\.)vscodeRemote/,
    (_, start) => `${start}vscodeUserData`,
  );
}

function replaced(text: string, what: RegExp, by: (...match: string[]) => string): string {
  if (!what.test(text)) throw new Error(`The workbench is another one than this is written for: it has no ${what}.`);
  return text.replace(what, by);
}
