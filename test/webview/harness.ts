/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';
import type { HostMessage, ViewMessage } from '../../src/protocol/messages.ts';
import { type PageServer, startPageServer } from './page-server.ts';

declare global {
  interface Window {
    fakeHost: { sent: ViewMessage[]; blocked: string[] };
  }
}

export const themes = ['dark-modern', 'light-modern', 'high-contrast', 'high-contrast-light'] as const;
export type Theme = (typeof themes)[number];

/** A browser in which the built tracker runs as in a webview, with a fake extension host. */
export class TrackerBrowser {
  readonly #browser: Browser;
  readonly #server: PageServer;

  private constructor(browser: Browser, server: PageServer) {
    this.#browser = browser;
    this.#server = server;
  }

  static async start(): Promise<TrackerBrowser> {
    if (!existsSync(new URL('../../dist/webview.js', import.meta.url))) {
      throw new Error('There is no dist/webview.js. Run `npm run build` first.');
    }
    const executablePath = await findChromium();
    const server = await startPageServer();
    return new TrackerBrowser(await chromium.launch({ executablePath, args: chromiumArguments }), server);
  }

  /** Opens the tracker in a page of its own. */
  async open(
    options: { theme?: Theme; width?: number; height?: number; reducedMotion?: boolean } = {},
  ): Promise<TrackerPage> {
    const { theme = 'dark-modern', width = 420, height = 800, reducedMotion = false } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const tracker = new TrackerPage(page);
    await page.goto(this.#server.address(theme));
    return tracker;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}

/** One tracker and the host's end of its messages. */
export class TrackerPage {
  readonly page: Page;
  /** What the page complained about. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
  }

  /** Posts messages as the host does, and waits until they are on the screen. */
  async post(...messages: readonly HostMessage[]): Promise<void> {
    await this.page.evaluate(async (posted) => {
      for (const message of posted) window.postMessage(message);
      // One turn until they have arrived, one frame and turn until they are rendered, one until effects have run.
      await new Promise((resolve) => setTimeout(resolve));
      for (let frame = 0; frame < 2; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await new Promise((resolve) => setTimeout(resolve));
      }
    }, messages);
  }

  /** What the tracker has sent so far. */
  sent(): Promise<readonly ViewMessage[]> {
    return this.page.evaluate(() => window.fakeHost.sent);
  }

  /** Errors, warnings and everything the content security policy blocked. */
  async allComplaints(): Promise<readonly string[]> {
    return [...this.complaints, ...(await this.page.evaluate(() => window.fakeHost.blocked))];
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
