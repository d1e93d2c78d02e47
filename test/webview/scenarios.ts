import type { ProgressData, StreamEvent } from '../../src/core/events.ts';
import type { ModelUsage } from '../../src/core/model-usage.ts';
import { initialRunState, reduceRun } from '../../src/core/run-state.ts';
import type { SliceOutcome } from '../../src/core/slice-outcome.ts';
import type { CoverageSummary, TrackerState } from '../../src/protocol/messages.ts';

/** Runs to show, made of the events that make them. */

const start = Date.UTC(2026, 10, 22, 9, 30);

const paths = [
  'package.json',
  'README.md',
  'tsconfig.json',
  'server/src/app.ts',
  'server/src/db/schema.ts',
  'server/src/db/migrations/0001_create_tables.sql',
  'server/src/db/seed.ts',
  'server/src/routes/posts.ts',
  'server/src/routes/comments.ts',
  'server/src/routes/categories.ts',
  'server/src/routes/tags.ts',
  'server/test/posts.test.ts',
  'server/test/comments.test.ts',
  'web/src/main.tsx',
  'web/src/pages/home.tsx',
  'web/src/pages/posts/post-list.tsx',
  'web/src/pages/posts/post-detail.tsx',
  'web/src/pages/posts/post-form.tsx',
];

const sourceText = `import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { and, asc, desc, eq, ilike } from 'drizzle-orm';
import { database } from '../db/database.ts';
import { posts } from '../db/schema.ts';
import { pageOf, pageQuery } from '../page.ts';

export const postRoutes = new OpenAPIHono();

/** Posts, newest first unless the query says otherwise. */
const list = createRoute({
  method: 'get',
  path: '/posts',
  request: { query: pageQuery.extend({ category: idSchema.optional() }) },
  responses: { 200: jsonResponse(pageOf(postSchema)) },
});

postRoutes.openapi(list, async (context) => {
  const { page, size, sort, search, category } = context.req.valid('query');
  const filter = and(
    search === undefined ? undefined : ilike(posts.title, \`%\${search}%\`),
    category === undefined ? undefined : eq(posts.categoryId, category),
  );
  return context.json(await pageOfRows(posts, { filter, page, size, sort }));
});
`;

/** The events of one file that arrives in pieces. */
export function fileEvents(file: string, text: string, at: number, isComplete = true): StreamEvent[] {
  const pieceLength = 160;
  const pieces = Array.from({ length: Math.max(1, Math.ceil(text.length / pieceLength)) }, (_, index) =>
    text.slice(index * pieceLength, (index + 1) * pieceLength),
  );
  return pieces.map((chunk, index) => {
    const isLast = isComplete && index === pieces.length - 1;
    return {
      type: 'code_chunk',
      phase: 'frontend',
      message: `Writing ${file}`,
      at,
      data: {
        file,
        chunk,
        offset: index * pieceLength,
        isComplete: isLast,
        ...(isLast ? { sha256: 'ab'.repeat(32), bytes: new TextEncoder().encode(text).length } : {}),
      },
    };
  });
}

/** A run of a blog, event by event. `start` is the time of the first, in milliseconds since 1970. */
export function blogEvents(projectName = 'Blog Platform', begin = start): StreamEvent[] {
  const at = (seconds: number) => begin + seconds * 1000;
  const files = (list: readonly string[], seconds: number) =>
    list.flatMap((path, index) => fileEvents(path, sourceText, at(seconds + index * 0.1)));
  return [
    {
      type: 'phase_start',
      phase: 'initialization',
      message: `Starting generation for ${projectName}`,
      progress: 0,
      at: at(0),
    },
    {
      type: 'phase_complete',
      phase: 'initialization',
      message: `Starting generation for ${projectName}`,
      progress: 10,
      at: at(0.1),
    },
    {
      type: 'phase_start',
      phase: 'analysis',
      message: 'Analyzing requirements and extracting features',
      progress: 10,
      at: at(0.1),
    },
    {
      type: 'phase_complete',
      phase: 'analysis',
      message: 'Found 4 entities and 8 features',
      progress: 20,
      at: at(1.4),
    },
    { type: 'phase_start', phase: 'complexity', message: 'Estimating project complexity', progress: 30, at: at(1.4) },
    { type: 'phase_complete', phase: 'complexity', message: 'Complexity score: 65', progress: 40, at: at(1.6) },
    { type: 'phase_start', phase: 'database', message: 'Designing database schema', progress: 50, at: at(1.6) },
    ...files(paths.slice(0, 7), 1.7),
    {
      type: 'phase_complete',
      phase: 'database',
      message: 'Database schema designed for 4 entities',
      progress: 60,
      at: at(2.5),
    },
    { type: 'phase_start', phase: 'frontend', message: 'Generating UI components', progress: 70, at: at(2.5) },
    ...['Posts', 'Comments', 'Categories', 'Tags'].flatMap((entity, index): StreamEvent[] => [
      {
        type: 'phase_progress',
        phase: 'frontend',
        message: `Screens for ${entity}`,
        progress: 70 + index * 2,
        at: at(2.6 + index),
        data: { task: `Screens for ${entity}`, index: index + 1, total: 6 },
      },
      ...files(paths.slice(7 + index * 2, 9 + index * 2), 2.7 + index),
    ]),
    { type: 'phase_complete', phase: 'frontend', message: 'Generated 12 components', progress: 80, at: at(7.2) },
    {
      type: 'phase_start',
      phase: 'deployment',
      message: 'Preparing deployment configuration',
      progress: 90,
      at: at(7.2),
    },
    ...files(['Dockerfile', 'compose.yaml', '.github/workflows/ci.yml'], 7.3),
    {
      type: 'phase_complete',
      phase: 'deployment',
      message: 'Deployment configuration ready',
      progress: 95,
      at: at(7.8),
    },
    {
      type: 'phase_progress',
      phase: 'complete',
      message: 'Writing files',
      progress: 96,
      at: at(7.9),
      data: { task: 'Writing files', index: 1, total: 1 },
    },
    {
      type: 'complete',
      phase: 'complete',
      message: `Successfully generated ${projectName}`,
      progress: 100,
      at: at(8.3),
      data: { projectId: 'blog-platform-1' },
    },
  ];
}

const found = {
  entity: ['Post', 'Comment', 'Category', 'Tag', 'Author', 'Subscription'],
  feature: [
    'Write and publish posts',
    'Comment on posts',
    'Import posts from WordPress',
    'Weekly digest by e-mail',
    'Reading time and word count',
    'Broken link report',
    'Side-by-side revisions of a post with the changes marked',
    'Reading lists that readers share',
    'Sitemap',
    'Related posts',
    'Search',
    'RSS feed',
  ],
} as const;

const written: readonly (readonly [feature: string, title: string])[] = [
  ['import-posts', 'Import posts from WordPress'],
  ['weekly-digest', 'Weekly digest by e-mail'],
  ['reading-time', 'Reading time and word count'],
  ['broken-links', 'Broken link report'],
  ['revisions', 'Side-by-side revisions of a post with the changes marked'],
];

export const budgetNotice =
  'The budget of $1.00 was reached. The rest was finished without the model; choose a higher budget and Retry to have it all.';
export const unchecked =
  'The features were not type-checked or tested, because the packages for that are not installed on this machine.';

/** Something a model said, in the phase that it is in. */
function note(phase: string, message: string, data: ProgressData, at: number): StreamEvent {
  return { type: 'phase_progress', phase, message, progress: phase === 'analysis' ? 15 : 74, data, at };
}

function usage(share: number, more: Partial<ModelUsage> = {}): ModelUsage {
  return {
    inputTokens: Math.round(14_200 * share),
    cachedTokens: Math.round(96_000 * share),
    cacheWriteTokens: Math.round(8100 * share),
    outputTokens: Math.round(31_400 * share),
    model: 'claude-sonnet-5-5',
    costUsd: 0.38 * share,
    ...more,
  };
}

const sliceWords = {
  writing: 'Writing feature',
  checking: 'Checking feature',
  repairing: 'Repairing feature',
  accepted: 'Feature ready',
  'left-out': 'Feature left out',
};

export function usageEvent(share: number, at: number, more: Partial<ModelUsage> = {}): StreamEvent {
  return note('frontend', 'Used', { usage: usage(share, more) }, at);
}

export function sliceEvent(feature: string, rest: Omit<SliceOutcome, 'feature' | 'title'>, at: number): StreamEvent {
  const title = written.find(([id]) => id === feature)?.[1] ?? feature;
  return note('frontend', `${sliceWords[rest.status]}: ${title}`, { slice: { feature, title, ...rest } }, at);
}

/** The blog once more, with a language model: until the end of the analysis, until slices are being written, or to the end. */
export function modelEvents(until: 'analysis' | 'slices' | 'end', begin = start, rest: Partial<ModelUsage> = {}) {
  const at = (seconds: number) => begin + seconds * 1000;
  const plain = blogEvents('Blog Platform', begin);
  const analyzed = plain.findIndex(({ type, phase }) => type === 'phase_complete' && phase === 'analysis');
  const rendered = plain.findIndex(({ type, phase }) => type === 'phase_complete' && phase === 'frontend');
  const reading: StreamEvent[] = [
    note('analysis', 'Used', { usage: usage(0.1, rest) }, at(0.4)),
    ...found.entity.map((name) =>
      note('analysis', `Found entity ${name}`, { found: { item: 'entity', name } }, at(0.6)),
    ),
    ...found.feature.map((name) =>
      note('analysis', `Found feature ${name}`, { found: { item: 'feature', name } }, at(0.9)),
    ),
  ];
  const cost = rest.costUsd === undefined && 'costUsd' in rest ? {} : { costUsd: 0.32 };
  const writing: StreamEvent[] = [
    note('frontend', 'Writing 5 features', { estimate: { inputTokens: 90_000, outputTokens: 30_000, ...cost } }, at(4)),
    note('frontend', unchecked, { notice: unchecked }, at(4)),
    ...written.map(([feature]) => sliceEvent(feature, { status: 'writing' }, at(4.1))),
    sliceEvent(
      'import-posts',
      { status: 'accepted', checked: ['syntax', 'imports', 'types', 'lint', 'tests'] },
      at(4.2),
    ),
    sliceEvent('weekly-digest', { status: 'accepted', checked: ['syntax', 'imports'], isKept: true }, at(4.3)),
    sliceEvent('reading-time', { status: 'checking' }, at(4.4)),
    sliceEvent('broken-links', { status: 'repairing' }, at(4.5)),
    ...fileEvents('src/client/modules/revisions/screen.tsx', sourceText, at(4.6), false),
    usageEvent(0.6, at(4.7), rest),
  ];
  const settled: StreamEvent[] = [
    sliceEvent('reading-time', { status: 'accepted', checked: ['syntax', 'imports', 'types', 'lint', 'tests'] }, at(6)),
    sliceEvent(
      'broken-links',
      { status: 'left-out', reason: 'Its test still failed after three repairs: expected 3 broken links, found 0.' },
      at(6.1),
    ),
    note('frontend', budgetNotice, { notice: budgetNotice }, at(6.2)),
    sliceEvent('revisions', { status: 'left-out', reason: 'The budget was reached before it was written.' }, at(6.3)),
    { ...fileEvents('src/client/modules/revisions/screen.tsx', '', at(6.3))[0], data: discarded } as StreamEvent,
    usageEvent(1, at(6.5), rest),
  ];
  const before = [...plain.slice(0, analyzed), ...reading];
  if (until === 'analysis') return before;
  const middle = [...before, ...plain.slice(analyzed, rendered), ...writing];
  return until === 'slices' ? middle : [...middle, ...settled, ...plain.slice(rendered)];
}

const discarded = {
  file: 'src/client/modules/revisions/screen.tsx',
  chunk: '',
  isComplete: false,
  isDiscarded: true,
};

/** Where the blog's run is in the middle of a file of the third step of the frontend. */
export function blogEventsUntilMiddle(begin = start): StreamEvent[] {
  const events = blogEvents('Blog Platform', begin);
  const step = events.findIndex(({ message }) => message === 'Screens for Categories');
  return events.slice(0, step + 9);
}

export function stateAfter(events: readonly StreamEvent[], rest: Partial<TrackerState> = {}): TrackerState {
  return {
    projectName: 'Blog Platform',
    isInterrupted: false,
    target: '~/projects/blog-platform',
    actions: ['cancel'],
    coverage: undefined,
    ...rest,
    run: events.reduce(reduceRun, initialRunState),
  };
}

const warning = {
  code: 'nothing-understood',
  message:
    'Takoss did not understand any of the requirements, so the application would have nothing of them in it. Say in English what is kept and who does what with it, such as “Members can add recipes with a title and ingredients”, or use a language model.',
} as const;

export const emptyState: TrackerState = stateAfter([], {
  projectName: undefined,
  target: undefined,
  actions: ['generate'],
});

const noCoverage: CoverageSummary = {
  sentences: 0,
  covered: [],
  inPart: [],
  uncovered: [],
  leftOut: [],
  later: [],
  context: [],
};

/** A state for each way in which a run can stand. */
export function scenarios(now = start + 5000): Readonly<Record<string, TrackerState>> {
  const begin = now - 5000;
  const half = blogEventsUntilMiddle(begin);
  const failure = (code: 'cancelled' | 'network', message: string): StreamEvent => ({
    type: 'error',
    phase: 'error',
    message: `Generation failed: ${message}`,
    progress: 0,
    at: begin + 5200,
    data: { code, phase: 'frontend' },
  });
  return {
    empty: emptyState,
    running: stateAfter(half),
    reconnecting: stateAfter(half, {
      connection: { retryAt: now + 4000, retryInMs: 4000, reason: 'nothing answers there' },
    }),
    done: stateAfter(blogEvents('Blog Platform', begin), {
      actions: ['open-readme', 'run-app', 'undo', 'clear', 'show-log'],
      coverage: {
        ...noCoverage,
        sentences: 11,
        covered: Array.from({ length: 9 }, (_, index) => `Sentence ${index + 1} asks for something that is built.`),
        uncovered: [
          {
            text: 'Send the weekly digest to the local radio station.',
            note: 'Sending to other services is not supported yet.',
          },
          { text: 'It must be faster than our old site.', note: 'A quality without a number cannot be checked.' },
        ],
      },
    }),
    'done in part': stateAfter(blogEvents('Blog Platform', begin), {
      actions: ['open-readme', 'run-app', 'undo', 'clear'],
      coverage: {
        ...noCoverage,
        sentences: 5,
        covered: ['Authors write posts.', 'Posts have a title.', 'Readers search posts.'],
        uncovered: [{ text: 'It must be faster than our old site.', note: 'A quality without a number.' }],
        inPart: [{ text: 'Readers comment on posts and get an e-mail.', note: 'Sending e-mail is not built.' }],
      },
    }),
    'done with every kind of sentence': stateAfter(blogEvents('Blog Platform', begin), {
      actions: ['open-readme', 'run-app', 'undo', 'clear'],
      coverage: {
        sentences: 10,
        covered: ['Authors write posts.', 'Posts have a title.', 'Readers search posts.'],
        inPart: [
          {
            text: 'Readers comment on posts, and the author gets an e-mail for each comment that waits for approval.',
            note: 'Sending e-mail is not built.',
          },
        ],
        uncovered: [
          { text: 'It must be faster than our old site.', note: 'A quality without a number cannot be checked.' },
          {
            text: 'Only editors may delete posts.',
            note: 'Who may delete posts is not checked yet: there are no accounts.',
          },
        ],
        leftOut: ['There are no advertisements.'],
        later: ['A mobile app may come next year.'],
        context: [
          'We are a small newspaper of three people.',
          'Our readers live in the valley and on both sides of the lake.',
        ],
      },
    }),
    warned: stateAfter(
      blogEvents('Blog Platform', begin).map((event) =>
        event.type === 'complete' ? { ...event, data: { projectId: 'blog-platform-1', warning } } : event,
      ),
      {
        actions: ['generate', 'open-readme', 'run-app', 'undo', 'clear'],
        coverage: {
          ...noCoverage,
          sentences: 1,
          uncovered: [{ text: 'Glarp the xyzzy.', note: 'Nothing was built.' }],
        },
      },
    ),
    failed: stateAfter(
      [
        ...half,
        failure(
          'network',
          'The model could not be reached. Check the connection and choose Retry; nothing was written.',
        ),
      ],
      { actions: ['retry', 'show-log', 'clear'] },
    ),
    cancelled: stateAfter([...half, failure('cancelled', 'The run was cancelled. No files were written.')], {
      actions: ['retry', 'clear'],
    }),
    interrupted: stateAfter([...half, failure('cancelled', 'The window was reloaded. Choose Retry to start again.')], {
      actions: ['retry', 'clear'],
      isInterrupted: true,
    }),
    'model reads': stateAfter(modelEvents('analysis', begin, { budgetUsd: 1 })),
    'model writes': stateAfter(modelEvents('slices', begin, { budgetUsd: 1 }), {
      engine: { kind: 'claude', label: 'claude-sonnet-5-5' },
    }),
    // A subscription: nobody knows what a token costs.
    'model without price': stateAfter(
      modelEvents('slices', begin, { model: 'gpt-5', costUsd: undefined, cachedTokens: 0 } as Partial<ModelUsage>),
    ),
    'model done': stateAfter(modelEvents('end', begin), {
      actions: ['open-readme', 'run-app', 'undo', 'clear', 'show-log'],
    }),
    'model failed': stateAfter(
      [
        ...modelEvents('slices', begin),
        failure('network', 'The connection to Claude was cut. Choose Retry: what was finished is kept.'),
      ],
      { actions: ['retry', 'show-log', 'clear'] },
    ),
  };
}

/** The same events in groups: every event of a phase alone, the pieces of files between them together. */
export function byPhaseEvent(events: readonly StreamEvent[]): readonly (readonly StreamEvent[])[] {
  const groups: StreamEvent[][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    if (event.type === 'code_chunk' && group?.at(-1)?.type === 'code_chunk') group.push(event);
    else groups.push([event]);
  }
  return groups;
}
