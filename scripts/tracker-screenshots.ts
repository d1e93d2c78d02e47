import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TrackerBrowser, themes } from '../test/webview/harness.ts';
import { scenarios } from '../test/webview/scenarios.ts';

/** Takes a picture of the tracker in every state, theme and width: `node scripts/tracker-screenshots.ts [FOLDER]`. */
const folder = resolve(process.argv[2] ?? '.cache/tracker-screenshots');
await mkdir(folder, { recursive: true });
const browser = await TrackerBrowser.start();
try {
  for (const theme of themes) {
    for (const [width, height] of [
      [200, 700],
      [420, 800],
      [900, 620],
    ] as const) {
      const tracker = await browser.open({ theme, width, height });
      for (const [name, state] of Object.entries(scenarios(Date.now()))) {
        await tracker.post({ type: 'snapshot', state });
        await tracker.page.waitForTimeout(350);
        await tracker.page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), animations: 'allow' });
      }
      await tracker.close();
    }
  }
} finally {
  await browser.close();
}
console.log(`The pictures are in ${folder}.`);
