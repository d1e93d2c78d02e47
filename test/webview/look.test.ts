import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { type Theme, TrackerBrowser, themes } from './harness.ts';
import { blogEvents, byPhaseEvent, scenarios, stateAfter } from './scenarios.ts';

const styles = new URL('../../webview/styles/', import.meta.url);

describe('look of the tracker', function () {
  this.timeout(180_000);
  let browser: TrackerBrowser;

  before(async () => {
    browser = await TrackerBrowser.start();
  });
  after(() => browser?.close());

  it('takes its colours from the theme and from nowhere else', async () => {
    for (const [file, css] of await styleSheets()) {
      const colors = css.match(/#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(|:\s*(?:white|black|red|green|gray)\b/gi);
      assert.equal(colors, null, `${file} names a colour`);
    }
  });

  it('uses only variables that every theme has, or says what to use instead', async () => {
    const used = new Set<string>();
    for (const [, css] of await styleSheets()) {
      for (const [, name] of css.matchAll(/var\((--vscode-[\w-]+)\)/g)) used.add(name ?? '');
    }
    const optional = new Set(['--vscode-contrastBorder', '--vscode-toolbar-hoverBackground']);
    for (const theme of themes) {
      const defined = await readFile(new URL(`themes/${theme}.css`, import.meta.url), 'utf8');
      const missing = [...used].filter((name) => !defined.includes(`${name}:`) && !optional.has(name));
      assert.deepEqual(missing.filter(mattersIn(theme)), [], `missing in ${theme}`);
    }
  });

  for (const theme of themes) {
    for (const width of [200, 420, 900]) {
      it(`has no sideways scrolling and readable text in ${theme} at ${width} pixels`, async () => {
        const tracker = await browser.open({ theme, width });
        for (const [name, state] of Object.entries(scenarios(Date.now()))) {
          await tracker.post({ type: 'snapshot', state });
          const overflow = await tracker.page.evaluate(() => {
            const boxes = [document.documentElement, ...document.querySelectorAll('.columns, .column, .files')];
            return boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.className || 'page');
          });
          assert.deepEqual(overflow, [], name);
          const faint = await tracker.page.evaluate(faintTexts);
          assert.deepEqual(faint, [], `${name}: contrast below 4.5`);
        }
        assert.deepEqual(await tracker.allComplaints(), []);
        await tracker.close();
      });
    }
  }

  it('reaches everything by keyboard and shows where the focus is', async () => {
    // Low enough for the text to scroll, whatever fonts there are.
    const tracker = await browser.open({ width: 900, height: 400 });
    const { running, done } = scenarios(Date.now());
    assert.ok(running && done);
    await tracker.post({ type: 'snapshot', state: running });
    assert.deepEqual(await tabStops(), [
      'Cancel',
      'Steps of Frontend: 3 of 6',
      'Files 12 of 13 files, 11 KB',
      'package.json',
      'server/test/comments.test.ts',
      'Text of server/test/comments.test.ts',
    ]);
    await tracker.post({ type: 'snapshot', state: done });
    assert.deepEqual((await tabStops()).slice(0, 5), ['Run It', 'Open README', 'Undo', 'Show Log', 'Clear']);
    await tracker.close();

    async function tabStops(): Promise<string[]> {
      await tracker.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const stops: string[] = [];
      for (let index = 0; index < 20; index++) {
        await tracker.page.keyboard.press('Tab');
        const stop = await tracker.page.evaluate(() => {
          const element = document.activeElement;
          if (element === null || element === document.body) return undefined;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const isSeen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
          const name = element.getAttribute('aria-label') ?? element.getAttribute('title');
          return {
            isSeen,
            name:
              name ??
              [...element.childNodes]
                .map((node) => node.textContent)
                .join(' ')
                .trim(),
          };
        });
        if (stop === undefined || stops.includes(stop.name)) break;
        assert.ok(stop.isSeen, `the focus on ${stop.name} is seen`);
        stops.push(stop.name);
      }
      return stops;
    }
  });

  it('moves the focus on from a button that has gone', async () => {
    const tracker = await browser.open();
    const { running, done } = scenarios(Date.now());
    assert.ok(running && done);
    await tracker.post({ type: 'snapshot', state: running });
    await tracker.page.getByRole('button', { name: 'Cancel' }).focus();
    await tracker.post({ type: 'snapshot', state: done });
    assert.equal(await tracker.page.evaluate(() => document.activeElement?.textContent), 'Run It');
    await tracker.close();
  });

  it('moves nothing that is there while rows and files arrive', async () => {
    const tracker = await browser.open({ width: 900 });
    await tracker.post({ type: 'snapshot', state: stateAfter([]) });
    await tracker.page.evaluate(() => {
      const moved: string[] = [];
      Object.assign(window, { moved });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) moved.push(JSON.stringify(entry));
      }).observe({ type: 'layout-shift' });
    });
    for (const events of byPhaseEvent(blogEvents().slice(0, -1))) await tracker.post({ type: 'events', events });
    const moved = (await tracker.page.evaluate(() => Reflect.get(window, 'moved'))) as string[];
    const worst = Math.max(0, ...moved.map((entry) => JSON.parse(entry).value as number));
    assert.ok(worst < 0.02, `a layout shift of ${worst}`);
    await tracker.close();
  });

  it('holds still for those who ask for it', async () => {
    const tracker = await browser.open({ reducedMotion: true });
    const { running } = scenarios(Date.now());
    assert.ok(running);
    await tracker.post({ type: 'snapshot', state: running });
    const playing = await tracker.page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    assert.equal(playing, 0);
    await tracker.close();
  });
});

/** High contrast themes have borders where others have backgrounds. */
function mattersIn(theme: Theme): (name: string) => boolean {
  return (name) => !theme.startsWith('high-contrast') || !/background$/i.test(name);
}

async function styleSheets(): Promise<readonly (readonly [string, string])[]> {
  const files = await readdir(styles);
  return Promise.all(files.map(async (file) => [file, await readFile(new URL(file, styles), 'utf8')] as const));
}

/** Runs in the page: texts whose contrast with what is behind them is below 4.5 to 1 (WCAG 2.2, 1.4.3). */
function faintTexts(): string[] {
  const parse = (color: string) => {
    const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    return { r, g, b, a };
  };
  type Color = ReturnType<typeof parse>;
  const over = (top: Color, below: Color): Color => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const luminance = ({ r, g, b }: Color) => {
    const linear = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const behind = (element: Element): Color => {
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.a === 1 || element.parentElement === null ? own : over(own, behind(element.parentElement));
  };
  const faint: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || element.closest('script, .for-screen-readers, [aria-disabled="true"]'))
      continue;
    const background = behind(element);
    const [light = 0, dark = 0] = [
      luminance(over(parse(getComputedStyle(element).color), background)),
      luminance(background),
    ].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faint.push(`${text}: ${contrast.toFixed(2)}`);
  }
  return faint;
}
