import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';

/** Page and modules by their paths. */
type Site = ReadonlyMap<string, { readonly type: string; readonly content: string }>;

const html =
  '<!doctype html><html lang="en"><title>Takoss</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script></html>';

/** Bundles a script for a browser as the extension is: nothing of Node may be left in it, or the build fails. */
async function bundle(entry: string): Promise<Site> {
  const { outputFiles } = await build({
    bundle: true,
    charset: 'utf8',
    chunkNames: 'page-[hash]',
    entryPoints: { page: entry },
    format: 'esm',
    logLevel: 'silent',
    minify: true,
    outdir: 'out',
    platform: 'browser',
    splitting: true,
    target: 'es2022',
    write: false,
  });
  const scripts = outputFiles.map(
    ({ path, text }) => [`/${basename(path)}`, { type: 'text/javascript', content: text }] as const,
  );
  return new Map([['/', { type: 'text/html', content: html }], ...scripts]);
}

/** A Chromium with a page of an origin of its own, in which `page.ts` runs. */
export class PageHost {
  readonly origin: string;
  readonly #browser: Browser;
  readonly #close: () => void;

  private constructor(origin: string, browser: Browser, close: () => void) {
    this.origin = origin;
    this.#browser = browser;
    this.#close = close;
  }

  static async start(): Promise<PageHost> {
    const site = await bundle(fileURLToPath(new URL('page.ts', import.meta.url)));
    const server = createServer(({ url = '/' }, response) => {
      const found = site.get(url);
      response.writeHead(found === undefined ? 404 : 200, {
        'content-type': `${found?.type ?? 'text/plain'}; charset=utf-8`,
      });
      response.end(found?.content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a TCP server that listens has one
    const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
    return new PageHost(`http://localhost:${port}`, browser, () => server.close());
  }

  async open(): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(this.origin);
    await page.waitForFunction(() => typeof window.generate === 'function');
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#close();
  }
}
