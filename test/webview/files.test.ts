import assert from 'node:assert/strict';
import type { StreamEvent } from '../../src/core/events.ts';
import { TrackerBrowser, type TrackerPage } from './harness.ts';
import { fileEvents, stateAfter } from './scenarios.ts';

describe('files in the tracker', function () {
  this.timeout(180_000);
  let browser: TrackerBrowser;
  let tracker: TrackerPage;

  before(async () => {
    browser = await TrackerBrowser.start();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    tracker = await browser.open();
  });
  afterEach(async () => {
    const complaints = await tracker.allComplaints();
    await tracker.close();
    assert.deepEqual(complaints, []);
  });

  const begun: StreamEvent = { type: 'phase_start', phase: 'frontend', message: 'Generating UI components', at: 1 };
  const complete: StreamEvent = { type: 'complete', phase: 'complete', message: 'Successfully generated Blog', at: 9 };
  const rows = () => tracker.page.locator('.file');
  const manyFiles = (count: number) =>
    Array.from({ length: count }, (_, index) => fileEvents(`src/file-${index}.ts`, 'export {};\n', 2)).flat();
  const live = () => tracker.page.locator('.live-scroll');
  const distanceFromEnd = () => live().evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);

  it('shows files as they arrive, with the current one marked and complete ones checked', async () => {
    await tracker.post({ type: 'snapshot', state: stateAfter([begun]) });
    await tracker.post({ type: 'events', events: fileEvents('web/src/app.tsx', 'x'.repeat(2000), 2) });
    await tracker.post({ type: 'events', events: fileEvents('web/src/pages/home.tsx', 'y'.repeat(100), 3, false) });
    assert.deepEqual(
      (await rows().allInnerTexts()).map((text) => text.split(/\s*\n\s*/)),
      [
        ['app.tsx', 'web/src', '2.0 KB'],
        ['home.tsx', 'web/src/pages', '100 B'],
      ],
    );
    assert.equal(await rows().nth(0).getByRole('img', { name: 'complete', exact: true }).count(), 1);
    assert.equal(await rows().nth(1).getByRole('img', { name: 'being written' }).count(), 1);
    assert.equal(await tracker.page.locator('.file.is-current .file-name').innerText(), 'home.tsx');
    assert.match(await tracker.page.getByRole('button', { name: /^Files/ }).innerText(), /1 of 2 files, 2\.1 KB/);
  });

  it('opens a file once it is on the disk, and not before', async () => {
    const events = [begun, ...fileEvents('web/src/app.tsx', 'text', 2)];
    await tracker.post({ type: 'snapshot', state: stateAfter(events) });
    const button = rows().first().getByRole('button');
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
    assert.deepEqual((await tracker.sent()).slice(1), []);
    await tracker.post({ type: 'snapshot', state: stateAfter([...events, complete], { actions: ['clear'] }) });
    await button.click();
    assert.deepEqual((await tracker.sent()).slice(1), [{ type: 'open-file', path: 'web/src/app.tsx' }]);
  });

  it('renders only what is in sight of 2,000 files and follows the newest', async () => {
    await tracker.post({ type: 'snapshot', state: stateAfter([begun, ...manyFiles(2000)]) });
    const count = await rows().count();
    assert.ok(count > 5 && count < 60, `${count} rows exist`);
    assert.equal(await tracker.page.getByText('file-1999.ts').first().isVisible(), true);
    assert.equal(await rows().last().getAttribute('aria-setsize'), '2000');
    await tracker.page.locator('.files').evaluate((box) => {
      box.scrollTop = 0;
    });
    await tracker.page.locator('.file-name', { hasText: 'file-0.ts' }).waitFor();
    await tracker.post({ type: 'events', events: fileEvents('src/new.ts', 'x', 3, false) });
    assert.equal(await tracker.page.locator('.files').evaluate((box) => box.scrollTop), 0, 'the user is left in peace');
  });

  it('is walked with the keys of a list', async () => {
    await tracker.post({
      type: 'snapshot',
      state: stateAfter([begun, ...manyFiles(300), complete], { actions: ['clear'] }),
    });
    await tracker.page.getByRole('button', { name: /^Files/ }).focus();
    const focused = () => tracker.page.evaluate(() => document.activeElement?.querySelector('.file-name')?.textContent);
    await tracker.page.keyboard.press('Tab');
    assert.equal(await focused(), 'file-0.ts', 'the list is one tab stop');
    await tracker.page.keyboard.press('ArrowDown');
    await tracker.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'file-2.ts');
    await tracker.page.keyboard.press('End');
    assert.equal(await focused(), 'file-299.ts');
    await tracker.page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'file-298.ts');
    await tracker.page.keyboard.press('Home');
    assert.equal(await focused(), 'file-0.ts');
    await tracker.page.keyboard.press('Enter');
    assert.deepEqual((await tracker.sent()).at(-1), { type: 'open-file', path: 'src/file-0.ts' });
  });

  it('shows the file being written under its path', async () => {
    const text = Array.from({ length: 80 }, (_, line) => `const line${line} = ${line};`).join('\n');
    await tracker.post({ type: 'snapshot', state: stateAfter([begun, ...fileEvents('web/src/app.tsx', text, 2)]) });
    assert.equal(await tracker.page.locator('.live-text').innerText(), text);
    assert.equal(await tracker.page.locator('.live-path').innerText(), 'web/src/app.tsx');
    assert.ok((await distanceFromEnd()) < 2, 'the end is in sight');
    const font = await tracker.page.locator('.live-text').evaluate((element) => getComputedStyle(element).fontFamily);
    assert.match(font, /Droid Sans Mono/, "it has the editor's font");
  });

  it('follows the end until the user scrolls up, and again on request', async () => {
    const lines = (count: number) => 'a line\n'.repeat(count);
    const piece = (text: string): StreamEvent => ({
      type: 'code_chunk',
      phase: 'frontend',
      message: 'Writing',
      data: { file: 'web/src/app.tsx', chunk: text, isComplete: false },
    });
    await tracker.post({ type: 'snapshot', state: stateAfter([begun, piece(lines(100))]) });
    await tracker.post({ type: 'events', events: [piece(lines(50))] });
    assert.ok((await distanceFromEnd()) < 2);

    await live().hover();
    await tracker.page.mouse.wheel(0, -300);
    const follow = tracker.page.getByRole('button', { name: 'Follow the end' });
    await follow.waitFor();
    const before = await live().evaluate((box) => box.scrollTop);
    await tracker.post({ type: 'events', events: [piece(lines(50))] });
    assert.equal(await live().evaluate((box) => box.scrollTop), before, 'it stays where the user looks');

    await follow.click();
    await tracker.post();
    assert.ok((await distanceFromEnd()) < 2);
    assert.equal(await follow.count(), 0);
  });

  it('says when the beginning of a long file is left out', async () => {
    const events = [begun, ...fileEvents('web/src/app.tsx', 'x\n'.repeat(6000), 2, false)];
    await tracker.post({ type: 'snapshot', state: stateAfter(events) });
    assert.equal(await tracker.page.locator('.live-cut').innerText(), 'Earlier lines are not shown');
  });
});
