import type { StreamEvent } from '../../src/core/events.ts';
import { initialRunState, reduceRun } from '../../src/core/run-state.ts';
import type { TrackerState } from '../../src/protocol/messages.ts';

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

export const emptyState: TrackerState = stateAfter([], {
  projectName: undefined,
  target: undefined,
  actions: ['generate'],
});

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
        sentences: 11,
        covered: 9,
        uncovered: [
          {
            text: 'Send the weekly digest to the local radio station.',
            note: 'Sending to other services is not supported yet.',
          },
          { text: 'It must be faster than our old site.', note: 'A quality without a number cannot be checked.' },
        ],
      },
    }),
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
