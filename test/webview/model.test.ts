import assert from 'node:assert/strict';
import type { StreamEvent } from '../../src/core/events.ts';
import type { TrackerState } from '../../src/protocol/messages.ts';
import { TrackerBrowser, type TrackerPage } from './harness.ts';
import { budgetNotice, modelEvents, scenarios, sliceEvent, stateAfter, unchecked, usageEvent } from './scenarios.ts';

describe('a language model in the tracker', function () {
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

  const show = (events: readonly StreamEvent[], rest: Partial<TrackerState> = {}) =>
    tracker.post({ type: 'snapshot', state: stateAfter(events, rest) });
  const list = (name: string) => tracker.page.getByRole('list', { name, exact: true });
  const facts = () => list('Model usage').getByRole('listitem').allInnerTexts();
  const sliceRows = async () =>
    (await tracker.page.locator('.slice').allInnerTexts()).map((text) => text.split(/\s*\n\s*/));

  it('shows entities and features in the row of the analysis as they are found', async () => {
    const events = modelEvents('analysis');
    const first = events.findIndex(({ message }) => message.startsWith('Found entity'));
    await show(events.slice(0, first));
    assert.equal(await tracker.page.locator('.chip').count(), 0);
    await tracker.post({ type: 'events', events: events.slice(first, first + 2) });
    const analysis = tracker.page.locator('[data-phase="analysis"]');
    assert.deepEqual(await analysis.locator('.chip').allInnerTexts(), ['Post', 'Comment']);
    const kept = await analysis.locator('.chip').first().elementHandle();
    await tracker.post({ type: 'events', events: events.slice(first + 2) });
    assert.equal(
      await analysis
        .locator('.chip')
        .first()
        .evaluate((now, before) => now === before, kept),
      true,
      'what is there stays as it is',
    );
  });

  it('counts what is too many to show, and shows it on request', async () => {
    await show(modelEvents('analysis'));
    const features = list('Features');
    assert.equal(await features.locator('.chip').count(), 10);
    const more = features.getByRole('button', { name: 'Show all features' });
    assert.equal(await more.innerText(), '+2 more');
    await more.click();
    assert.equal(await features.locator('.chip').count(), 12);
    assert.equal(await more.count(), 0);
  });

  it('lists what was found once the run has ended', async () => {
    await show(modelEvents('slices'));
    assert.equal(await tracker.page.locator('.chip').count(), 0, 'files have the room now');
    await show(modelEvents('end'), { actions: ['clear'] });
    assert.match(await tracker.page.getByRole('button', { name: /^Found/ }).innerText(), /6 entities, 12 features/);
    assert.equal(await list('Entities').locator('.chip').count(), 6);
  });

  it('shows what becomes of each feature, in its place', async () => {
    await show(modelEvents('slices'));
    assert.match(await tracker.page.getByRole('button', { name: /^Features/ }).innerText(), /2 of 5 ready/);
    assert.deepEqual(await sliceRows(), [
      ['Import posts from WordPress', 'Ready · type-checked and tested'],
      ['Weekly digest by e-mail', 'Ready · not type-checked or tested · kept from the last run'],
      ['Reading time and word count', 'Checking'],
      ['Broken link report', 'Repairing what the checks found'],
      ['Side-by-side revisions of a post with the changes marked', 'Writing'],
    ]);
    const reason = 'Its test still failed.';
    await tracker.post({ type: 'events', events: [sliceEvent('broken-links', { status: 'left-out', reason }, 9)] });
    assert.deepEqual((await sliceRows())[3], ['Broken link report', 'Left out · Its test still failed.']);
  });

  it('spins for no feature of a run that has ended', async () => {
    await tracker.post({ type: 'snapshot', state: scenario('model failed') });
    assert.equal(await tracker.page.locator('.codicon-modifier-spin').count(), 0);
    assert.deepEqual((await sliceRows()).at(-1), [
      'Side-by-side revisions of a post with the changes marked',
      'Not finished',
    ]);
  });

  it('shows what the run costs beside what was expected and the budget', async () => {
    await show(modelEvents('slices', undefined, { budgetUsd: 1 }));
    assert.deepEqual(await facts(), ['$0.23 of about $0.36', 'budget $1.00', '71k read (58k cached)', '19k written']);
    assert.equal(await tracker.page.getByRole('meter', { name: 'Budget' }).getAttribute('aria-valuenow'), '23');
    await tracker.post({ type: 'events', events: [usageEvent(0.9, 9, { budgetUsd: 1 })] });
    assert.deepEqual((await facts()).slice(0, 2), ['$0.34 of about $0.36', 'budget $1.00']);
  });

  it('says what works on the run, unless it is rules', async () => {
    const name = () => tracker.page.locator('.header .engine').allInnerTexts();
    await tracker.post({ type: 'snapshot', state: scenario('model writes') });
    assert.deepEqual(await name(), ['claude-sonnet-5-5']);
    const engine = { kind: 'offline', label: 'rules, on this machine' } as const;
    await tracker.post({ type: 'snapshot', state: { ...scenario('running'), engine } });
    assert.deepEqual(await name(), []);
  });

  it('shows tokens beside those expected where nobody knows their price', async () => {
    await tracker.post({ type: 'snapshot', state: scenario('model without price') });
    assert.deepEqual(await facts(), ['13k read', '19k of about 33k written']);
    assert.equal(await tracker.page.getByRole('meter').count(), 0);
  });

  it('says what it cost at the end, and nothing of a model that there was not', async () => {
    await tracker.post({ type: 'snapshot', state: scenario('model done') });
    assert.deepEqual(await facts(), ['$0.38', '118k read (96k cached)', '31k written']);
    await tracker.post({ type: 'snapshot', state: scenario('done') });
    assert.equal(await list('Model usage').count(), 0);
    assert.equal(await tracker.page.locator('.slices, .notices, .chips').count(), 0);
  });

  it('keeps notices in view whatever is scrolled', async () => {
    await show(modelEvents('end'), { actions: ['clear'] });
    assert.deepEqual(await list('Notices').getByRole('listitem').allInnerTexts(), [unchecked, budgetNotice]);
    const before = await list('Notices').boundingBox();
    await tracker.page.locator('main').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    assert.deepEqual(await list('Notices').boundingBox(), before);
  });

  it('reads out a notice once, and never what was used or found', async () => {
    const events = modelEvents('slices');
    const first = events.findIndex(({ message }) => message === unchecked);
    await show(events.slice(0, first));
    const region = tracker.page.locator('[aria-live]');
    assert.equal(await region.getAttribute('aria-atomic'), 'false', 'only what is new in it is read');
    await region.evaluate((element) => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver((records) => {
        for (const { addedNodes, target } of records) {
          heard.push([...addedNodes].map((node) => node.textContent).join() || (target.textContent ?? ''));
        }
      }).observe(element, { childList: true, characterData: true, subtree: true });
    });
    for (const event of events.slice(first)) await tracker.post({ type: 'events', events: [event] });
    assert.deepEqual(await tracker.page.evaluate(() => Reflect.get(window, 'heard')), [unchecked]);
  });

  it('renders no list again for what was used', async () => {
    await show(modelEvents('slices', undefined, { budgetUsd: 1 }));
    await tracker.page.evaluate(() => {
      const changed: string[] = [];
      Object.assign(window, { changed });
      new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          if (element?.closest('.elapsed') === null) changed.push(element.closest('[class]')?.className ?? '');
        }
      }).observe(document.body, { childList: true, characterData: true, attributes: true, subtree: true });
    });
    const scrolls = tracker.page.locator('.live-scroll');
    await scrolls.evaluate((box) => {
      Object.defineProperty(box, 'scrollTop', {
        configurable: true,
        set: () => Reflect.get(window, 'changed').push('live text laid out'),
        get: () => 0,
      });
    });
    for (let step = 0; step < 20; step++) {
      await tracker.post({ type: 'events', events: [usageEvent(0.6 + step / 100, 9, { budgetUsd: 1 })] });
    }
    const changed = new Set(await tracker.page.evaluate(() => Reflect.get(window, 'changed') as string[]));
    assert.deepEqual([...changed].sort(), ['bar is-budget', 'bar-fill', 'facts']);
  });

  it('shows a state that an older version kept', async () => {
    const { found: _, slices: __, notices: ___, ...older } = stateAfter(modelEvents('slices')).run;
    const state = { ...stateAfter([]), run: older } as unknown as TrackerState;
    await tracker.post({ type: 'snapshot', state });
    await tracker.post({ type: 'events', events: [sliceEvent('revisions', { status: 'checking' }, 9)] });
    assert.deepEqual(await sliceRows(), [['Side-by-side revisions of a post with the changes marked', 'Checking']]);
  });

  function scenario(name: string): TrackerState {
    const state = scenarios(Date.now())[name];
    assert.ok(state, `a scenario ${name}`);
    return state;
  }
});
