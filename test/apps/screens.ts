import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';

/**
 * Opens every address and expects a heading, and nothing in the console but what is harmless. With a folder, keeps a
 * screenshot of each.
 */
export async function openPages(url: string, paths: readonly string[], screenshots?: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    let faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
    });
    for (const path of paths) {
      faults = [];
      await page.goto(url + path, { waitUntil: 'networkidle' });
      await page.locator('h1').first().waitFor({ timeout: 20_000 });
      if (screenshots) {
        const name = path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
        await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
      }
      assert.deepEqual(faults, [], `${path} opens without an error`);
    }
  } finally {
    await browser.close();
  }
}
