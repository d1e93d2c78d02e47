import assert from 'node:assert/strict';
import type { StreamEvent } from '../../src/core/events.ts';
import { TrackerBrowser, type TrackerPage } from './harness.ts';
import {
  blogEvents,
  blogEventsUntilMiddle,
  byPhaseEvent,
  emptyState,
  fileEvents,
  scenarios,
  stateAfter,
} from './scenarios.ts';

describe('tracker', function () {
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
    assert.deepEqual(complaints, [], 'no error, no warning, nothing blocked by the content security policy');
  });

  const show = (name: string) => tracker.post({ type: 'snapshot', state: scenario(name) });
  const row = (name: string) => tracker.page.locator(`[data-phase="${name}"]`);

  it('says that it is ready and shows nothing before the host has answered', async () => {
    assert.deepEqual(await tracker.sent(), [{ type: 'ready' }]);
    assert.equal((await tracker.page.locator('body').innerText()).trim(), '');
  });

  it('ignores what is no message of the host', async () => {
    await show('running');
    const before = await tracker.page.locator('body').innerText();
    await tracker.page.evaluate(() => {
      for (const message of [undefined, 7, 'snapshot', {}, { type: 'snapshot' }, { type: 'events', events: 'no' }]) {
        window.postMessage(message);
      }
    });
    await tracker.post();
    const after = await tracker.page.locator('body').innerText();
    assert.equal(withoutTimes(after), withoutTimes(before));
  });

  it('shows an invitation before the first run', async () => {
    await show('empty');
    assert.equal(await tracker.page.getByRole('heading').innerText(), 'No project yet');
    await tracker.page.getByRole('button', { name: 'Generate Project' }).click();
    assert.deepEqual((await tracker.sent()).at(-1), { type: 'action', action: 'generate' });
  });

  it('adds a row when a phase starts and updates it in place', async () => {
    await tracker.post({ type: 'snapshot', state: stateAfter([]) });
    assert.equal(await tracker.page.locator('[data-phase]').count(), 0);
    const seen: string[][] = [];
    const events = blogEvents('Blog Platform', Date.now());
    await tracker.post({ type: 'events', events: events.slice(0, 1) });
    const firstRow = await row('initialization').elementHandle();
    assert.equal(await row('initialization').getByRole('img', { name: 'Running' }).count(), 1);

    for (const event of events.slice(1).filter(({ type }) => type !== 'code_chunk')) {
      await tracker.post({ type: 'events', events: [event] });
      seen.push(await phaseNames(tracker));
    }
    assert.deepEqual(seen.at(-1), [
      'initialization',
      'analysis',
      'complexity',
      'database',
      'frontend',
      'deployment',
      'complete',
    ]);
    for (const [index, names] of seen.entries()) {
      assert.deepEqual(names, seen.at(-1)?.slice(0, names.length), `rows after event ${index} keep their order`);
    }
    assert.equal(
      await row('initialization').evaluate((now, first) => now === first, firstRow),
      true,
      'the row of a phase is the same element from start to end',
    );
    assert.equal(await tracker.page.locator('[data-phase] .is-done').count(), 7, 'every row has its green check');
    assert.match(await row('analysis').innerText(), /Found 4 entities and 8 features/);
  });

  it('fills the bar of the running phase and of the whole run', async () => {
    await show('running');
    const value = (name: string) => tracker.page.getByRole('progressbar', { name }).getAttribute('aria-valuenow');
    assert.equal(await value('Frontend'), '33', 'two of six steps are done');
    assert.equal(await value('Whole run'), '74');
    const share = await row('frontend')
      .locator('.bar-fill')
      .evaluate(async (fill) => {
        await Promise.all(fill.getAnimations().map((animation) => animation.finished));
        return fill.getBoundingClientRect().width / (fill.parentElement?.getBoundingClientRect().width ?? 0);
      });
    assert.ok(Math.abs(share - 1 / 3) < 0.02, `the bar is filled by a third, not ${share}`);
  });

  it('shows the current step, how many there are, and on request the steps so far', async () => {
    await show('running');
    const steps = row('frontend').getByRole('button', { name: 'Steps of Frontend: 3 of 6' });
    assert.match(await row('frontend').innerText(), /Screens for Categories/);
    assert.equal(await steps.getAttribute('aria-expanded'), 'false');
    await steps.click();
    assert.equal(await steps.getAttribute('aria-expanded'), 'true');
    assert.deepEqual(await row('frontend').locator('.steps li').allInnerTexts(), [
      'Screens for Posts',
      'Screens for Comments',
      'Screens for Categories',
    ]);
  });

  it('ticks while running and stands still at the end', async () => {
    await tracker.post({
      type: 'snapshot',
      state: stateAfter(blogEventsUntilMiddle(Date.now() - 5000)),
    });
    const total = tracker.page.locator('.header .elapsed');
    const first = Number.parseFloat(await total.innerText());
    await tracker.page.waitForFunction(
      (before) => Number.parseFloat(document.querySelector('.header .elapsed')?.textContent ?? '') > before,
      first,
    );
    await tracker.post({ type: 'snapshot', state: scenario('failed') });
    const stopped = await total.innerText();
    await tracker.page.waitForTimeout(300);
    assert.equal(await total.innerText(), stopped);
  });

  it('shows a failure in the row of the phase in which it happened', async () => {
    await show('running');
    await tracker.post({
      type: 'events',
      events: [
        {
          type: 'error',
          phase: 'error',
          message: 'Generation failed: The disk is full. Free some space and retry.',
          progress: 0,
          data: { code: 'internal', phase: 'frontend' },
        },
      ],
    });
    assert.match(await row('frontend').innerText(), /The disk is full\. Free some space and retry\./);
    assert.equal(await row('frontend').getByRole('img', { name: 'Failed', exact: true }).count(), 1);
    assert.equal(await row('database').getByRole('img', { name: 'Done' }).count(), 1);
    assert.equal(await tracker.page.locator('.codicon-modifier-spin').count(), 0, 'nothing spins any more');
    const color = await row('frontend')
      .locator('.status-icon')
      .evaluate((icon) => getComputedStyle(icon).color);
    assert.equal(color, 'rgb(248, 81, 73)', 'the icon has the error colour of the theme');
  });

  it('shows a failure before the first phase', async () => {
    const error: StreamEvent = {
      type: 'error',
      phase: 'error',
      message: 'Generation failed: The name is empty.',
      data: { code: 'invalid-request' },
    };
    await tracker.post({ type: 'snapshot', state: stateAfter([error], { actions: ['retry'] }) });
    assert.match(await tracker.page.getByRole('main').innerText(), /The name is empty\./);
  });

  it('brings the failed row into view in a low panel', async () => {
    await tracker.page.setViewportSize({ width: 900, height: 260 });
    await show('running');
    await show('failed');
    const box = await row('frontend').boundingBox();
    assert.ok(box !== null && box.y >= 0 && box.y + box.height <= 261, JSON.stringify(box));
    await tracker.page.setViewportSize({ width: 900, height: 800 });
  });

  it('shows a cancelled and an interrupted run as such', async () => {
    await show('cancelled');
    assert.match(await tracker.page.locator('.header').innerText(), /Stopped during Frontend/);
    assert.match(await row('frontend').innerText(), /The run was cancelled\. No files were written\./);
    assert.doesNotMatch(await tracker.page.locator('body').innerText(), /failed/i);
    assert.equal(await row('frontend').getByRole('img', { name: 'Cancelled' }).count(), 1);
    assert.match(await tracker.page.locator('.column.is-files').innerText(), /of \d+ files, not written/);
    await show('interrupted');
    assert.match(await tracker.page.locator('.header').innerText(), /Interrupted during Frontend/);
    assert.match(await row('frontend').innerText(), /The window was reloaded\. Choose Retry/);
    assert.doesNotMatch(await tracker.page.locator('body').innerText(), /stopped|cancelled|failed/i);
    assert.equal(await row('frontend').getByRole('img', { name: 'Interrupted' }).count(), 1);
    assert.equal(await tracker.page.locator('.codicon-modifier-spin').count(), 0);
  });

  it('says that the connection is lost, counts down to the next attempt, and is normal again once it is back', async () => {
    await show('reconnecting');
    const headline = tracker.page.locator('.header .headline');
    const spoken = tracker.page.locator('[aria-live="polite"]');
    // The countdown may be at its next number by now.
    assert.match((await headline.innerText()).trim(), /^Connection lost, trying again in [34] s$/);
    assert.match((await headline.getAttribute('title')) ?? '', /nothing answers there/);
    assert.equal(await spoken.textContent(), 'Connection lost, trying again in 4 s');
    await tracker.page.waitForFunction(() =>
      /trying again (in [123] s|now)$/.test(document.querySelector('.header .headline')?.textContent ?? ''),
    );
    assert.equal(await spoken.textContent(), 'Connection lost, trying again in 4 s', 'nobody hears the countdown');
    assert.deepEqual(await tracker.page.locator('.toolbar button').allInnerTexts(), ['Cancel']);
    await show('running');
    assert.match(await headline.innerText(), /Screens for Categories|Writing/);
    assert.equal(await spoken.textContent(), 'Frontend started');
  });

  it('says nothing of a connection once the run has ended', async () => {
    const connection = { retryAt: Date.now() + 4000, retryInMs: 4000, reason: 'nothing answers there' };
    await tracker.post({ type: 'snapshot', state: { ...scenario('failed'), connection } });
    assert.doesNotMatch(await tracker.page.locator('body').innerText(), /Connection lost/);
  });

  it('counts down from what the host said, however wrong the clock here is', async () => {
    const connection = { retryAt: Date.now() + 3_600_000, retryInMs: 0, reason: 'the connection was cut' };
    await tracker.post({ type: 'snapshot', state: { ...scenario('running'), connection } });
    const words = await tracker.page.locator('.header .headline').innerText();
    assert.equal(words.trim(), 'Connection lost, trying again now');
    await tracker.post({
      type: 'snapshot',
      state: { ...scenario('running'), connection: { ...connection, retryAt: 4000, retryInMs: 9000 } },
    });
    assert.match(await tracker.page.locator('.header .headline').innerText(), /trying again in [5-9] s/);
  });

  it('offers Sign In first where that is what failed', async () => {
    await tracker.post({ type: 'snapshot', state: { ...scenario('failed'), actions: ['sign-in', 'retry', 'clear'] } });
    assert.deepEqual(await tracker.page.locator('.toolbar button').allInnerTexts(), ['Sign In', 'Retry', 'Clear']);
    await tracker.page.getByRole('button', { name: 'Sign In' }).click();
    assert.deepEqual((await tracker.sent()).slice(1), [{ type: 'action', action: 'sign-in' }]);
  });

  it('shows buttons for what the host offers and nothing else, the primary one first', async () => {
    const buttons = tracker.page.locator('.toolbar button');
    await show('running');
    assert.deepEqual(await buttons.allInnerTexts(), ['Cancel']);
    await show('done');
    assert.deepEqual(await buttons.allInnerTexts(), ['Run It', 'Open README', 'Undo', 'Show Log', 'Clear']);
    await show('failed');
    assert.deepEqual(await buttons.allInnerTexts(), ['Retry', 'Show Log', 'Clear']);
  });

  for (const [name, action] of [
    ['Run It', 'run-app'],
    ['Open README', 'open-readme'],
    ['Undo', 'undo'],
    ['Show Log', 'show-log'],
    ['Clear', 'clear'],
  ] as const) {
    it(`sends ${action} for a click on ${name}`, async () => {
      await show('done');
      await tracker.page.getByRole('button', { name, exact: true }).click();
      assert.deepEqual((await tracker.sent()).slice(1), [{ type: 'action', action }]);
    });
  }

  it('sends cancel once, however often it is clicked, and says that it is cancelling', async () => {
    await show('running');
    const button = tracker.page.locator('.toolbar button');
    await button.click();
    await button.click({ force: true });
    assert.deepEqual((await tracker.sent()).slice(1), [{ type: 'action', action: 'cancel' }]);
    assert.equal(await button.innerText(), 'Cancelling');
    await show('cancelled');
    await show('running');
    assert.equal(await button.innerText(), 'Cancel', 'the next run can be cancelled again');
  });

  it('offers no Cancel for a run that has just ended', async () => {
    await show('running');
    await tracker.post({ type: 'events', events: blogEvents().slice(-1) });
    assert.equal(await tracker.page.locator('.toolbar button').count(), 0);
  });

  it('is empty again after Clear', async () => {
    await show('done');
    await tracker.post({ type: 'snapshot', state: emptyState });
    assert.equal(await tracker.page.locator('[data-phase]').count(), 0);
    assert.equal(await tracker.page.getByRole('heading').innerText(), 'No project yet');
  });

  it('looks the same from a snapshot as from the events', async () => {
    const events = blogEventsUntilMiddle(Date.now() - 5000);
    await tracker.post({ type: 'snapshot', state: stateAfter([]) });
    for (let index = 0; index < events.length; index += 7) {
      await tracker.post({ type: 'events', events: events.slice(index, index + 7) });
    }
    const followed = await tracker.page.locator('.tracker').innerHTML();
    await tracker.page.reload();
    await tracker.post({ type: 'snapshot', state: stateAfter(events) });
    const restored = await tracker.page.locator('.tracker').innerHTML();
    assert.equal(withoutTimes(restored), withoutTimes(followed));
  });

  it('keeps what was folded and opened when the page is made anew', async () => {
    await show('running');
    await tracker.page.getByRole('button', { name: /^Files/ }).click();
    await row('frontend').getByRole('button').click();
    await row('frontend').locator('.steps').waitFor();
    // What is kept is saved a moment after it is shown.
    await tracker.post();
    await tracker.page.reload();
    await show('running');
    assert.equal(await tracker.page.getByRole('button', { name: /^Files/ }).getAttribute('aria-expanded'), 'false');
    await row('frontend').locator('.steps').waitFor();
  });

  it('sums up a run that ended well', async () => {
    await show('done');
    assert.deepEqual(await tracker.page.getByRole('list', { name: 'Summary' }).getByRole('listitem').allInnerTexts(), [
      '18 files',
      '16 KB',
      'in 8.3 s',
      'Found 4 entities and 8 features',
      'Complexity score: 65',
    ]);
  });

  it('tells how much of the requirements is covered, and what is not and why', async () => {
    await show('done');
    const section = tracker.page.getByRole('button', { name: /Requirements/ });
    assert.match(await section.innerText(), /9 of 11 sentences covered/);
    const list = tracker.page.getByRole('list', { name: 'Not covered' });
    assert.match(await list.innerText(), /local radio station\.\s+Sending to other services is not supported yet\./);
    await section.click();
    assert.equal(await list.count(), 0, 'it folds');
  });

  it('tells what is covered in part, and what is missing of it', async () => {
    await show('done in part');
    const section = tracker.page.getByRole('button', { name: /Requirements/ });
    assert.match(await section.innerText(), /3 of 5 sentences covered$/);
    const list = tracker.page.getByRole('list', { name: 'Covered in part' });
    assert.match(await list.innerText(), /get an e-mail\.\s+Sending e-mail is not built\./);
    assert.equal(await tracker.page.getByText(/^Every sentence/).count(), 0);
  });

  it('tells what became of every kind of sentence, each in a list of its own', async () => {
    await show('done with every kind of sentence');
    const section = tracker.page.getByRole('button', { name: /Requirements/ });
    assert.match(await section.innerText(), /3 of 8 sentences covered$/);
    for (const [name, count, said] of [
      ['Not covered', 2, /editors may delete posts\.\s+Who may delete posts is not checked yet/],
      ['Covered in part', 1, /waits for approval\.\s+Sending e-mail is not built\./],
      ['Left out as asked', 1, /no advertisements/],
      ['For later', 1, /mobile app/],
      ['Asks for nothing', 2, /small newspaper/],
    ] as const) {
      assert.match(await tracker.page.getByRole('list', { name }).innerText(), said);
      assert.equal(await tracker.page.getByRole('heading', { name: `${name} ${count}`, exact: true }).count(), 1, name);
    }
  });

  it('leaves out coverage that an earlier version kept in another form', async () => {
    const old: object = { sentences: 2, covered: 1, uncovered: [{ text: 'Glarp.', note: 'Nothing was built.' }] };
    const state = JSON.parse(JSON.stringify({ ...scenarios().done, coverage: old }));
    await tracker.post({ type: 'snapshot', state });
    assert.match(await tracker.page.locator('.header').innerText(), /Successfully generated/);
    assert.equal(await tracker.page.getByRole('button', { name: /Requirements/ }).count(), 0);
  });

  it('shows a run that understood nothing as a warning, with what to do, and no green check for the whole', async () => {
    await show('warned');
    const header = tracker.page.locator('.header');
    assert.equal(await header.getByRole('img', { name: 'Done, with a warning' }).count(), 1);
    assert.match(await header.innerText(), /Nothing in the requirements was understood/);
    assert.doesNotMatch(await tracker.page.locator('body').innerText(), /Successfully/);
    assert.equal(await row('complete').getByRole('img', { name: 'Done, with a warning' }).count(), 1);
    const notices = tracker.page.getByRole('list', { name: 'Notices' });
    assert.match(await notices.innerText(), /did not understand any of the requirements.*such as “Members/);
    assert.match(
      await tracker.page.getByRole('status').innerText(),
      /Written with a warning\. Takoss did not understand/,
    );
    assert.deepEqual(await tracker.page.locator('.toolbar button').first().innerText(), 'Run It');
  });

  it('shows text of strangers as text', async () => {
    const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const events: StreamEvent[] = [
      { type: 'phase_start', phase: script, message: script, at: 1 },
      { type: 'phase_progress', phase: script, message: script, data: { task: script, index: 1, total: 2 } },
      ...fileEvents(`src/${script}.ts`, script, 2, false),
    ];
    await tracker.post({ type: 'snapshot', state: stateAfter(events, { projectName: script, target: script }) });
    assert.equal(await tracker.page.locator('h1').innerText(), script);
    assert.equal(await tracker.page.locator('.live-text').innerText(), script);
    assert.equal(await tracker.page.locator('.tracker img, .tracker script').count(), 0);
    assert.equal(await tracker.page.evaluate(() => 'hacked' in window), false);
  });

  it('keeps a right-to-left name from turning its surroundings around', async () => {
    await tracker.post({ type: 'snapshot', state: stateAfter([], { projectName: 'מערכת בלוגים' }) });
    assert.equal(await tracker.page.locator('h1 > bdi').innerText(), 'מערכת בלוגים');
  });

  it('speaks phases and the outcome, never pieces of files', async () => {
    await tracker.post({ type: 'snapshot', state: stateAfter([]) });
    const regions = tracker.page.locator('[aria-live]');
    assert.equal(await regions.count(), 1, 'there is one live region');
    const spoken = await regions.elementHandle();
    await tracker.page.evaluate((region) => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver(() => heard.push(region?.textContent ?? '')).observe(region as Node, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }, spoken);
    for (const events of byPhaseEvent(blogEvents())) await tracker.post({ type: 'events', events });
    assert.deepEqual(await tracker.page.evaluate(() => Reflect.get(window, 'heard')), [
      'Initialization started',
      'Initialization done: Starting generation for Blog Platform',
      'Analysis started',
      'Analysis done: Found 4 entities and 8 features',
      'Complexity started',
      'Complexity done: Complexity score: 65',
      'Database started',
      'Database done: Database schema designed for 4 entities',
      'Frontend started',
      'Frontend done: Generated 12 components',
      'Deployment started',
      'Deployment done: Deployment configuration ready',
      'Complete started',
      'Successfully generated Blog Platform',
    ]);
    await show('failed');
    assert.match((await regions.textContent()) ?? '', /^Generation failed during Frontend\. .*could not be reached/);
  });

  function scenario(name: string) {
    const state = scenarios(Date.now())[name];
    assert.ok(state, `a scenario ${name}`);
    return state;
  }
});

function phaseNames(tracker: TrackerPage): Promise<string[]> {
  return tracker.page
    .locator('[data-phase]')
    .evaluateAll((rows) => rows.map((phaseRow) => phaseRow.getAttribute('data-phase') ?? ''));
}

/** The same text with every time of a running clock made equal. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\b\d+(?:\.\d)? s\b/g, '# s');
}
