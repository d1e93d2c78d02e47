import type { RenderedFile } from '../../../../src/core/rendered-project.ts';
import type { SliceFile, SlicePlan, SliceProblem } from '../../../../src/core/slices.ts';
import { type ProjectContract, projectContract } from '../../../../src/engines/model/inspection/contract.ts';
import { inspectSlice, type SliceDraft } from '../../../../src/engines/model/inspection/inspect-slice.ts';
import { customFeature } from '../../../support/blueprints.ts';
import { outlineOfFiles } from '../../../support/outline.ts';

/** As much of a project as slices are inspected against. */
const projectFiles: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    dependencies: {
      '@hono/zod-openapi': '1',
      'drizzle-orm': '1',
      hono: '4',
      pg: '8',
      react: '19',
      'react-router': '7',
      zod: '4',
    },
    devDependencies: { '@testing-library/react': '16', vite: '8', vitest: '4' },
  }),
  'src/server/index.ts': "import { createApp } from './app.ts';\ncreateApp();\n",
  'src/server/app.ts': 'export function createApp() {}\n',
  'src/server/db/client.ts': 'export interface Database { x: 1 }\nexport const openInMemory = () => {};\n',
  'src/server/db/schema.ts': 'export const posts = {}, tags = {}, shared = 1, a = 1, c = 1;\nexport type Column = 1;\n',
  'src/server/db/columns.ts': 'export const columns = 1;\nexport type Column = 1;\n',
  'src/server/db/more.ts': 'export default class {}\n',
  'src/shared/post.ts':
    "import { z } from 'zod';\nexport const postSchema = z.object({});\nexport type Post = z.infer<typeof postSchema>;\n",
  'src/client/api/request.ts': 'export async function request(path: string) {}\n',
  'src/client/app/outside-link.tsx': 'export function OutsideLink() { return <a />; }\n',
  'src/client/ui/button.tsx': 'export function Button() { return <b />; }\n',
  'tests/server/support/api.ts': 'export function testApi() {}\n',
  'tests/client/support/fake-api.ts': 'export function installFakeApi() {}\n',
};

const files = Object.entries(projectFiles).map(
  ([path, content]): RenderedFile => ({ path, content, phase: 'frontend', task: '' }),
);

export const contract: ProjectContract = projectContract(
  { files, outline: outlineOfFiles(files) },
  { 'date-fns': '4.1.0' },
);

export const plan: SlicePlan = {
  feature: customFeature('export', 'Export posts'),
  sentences: ['Authors export posts.'],
  slug: 'export',
  page: '/export',
  api: '/api/export',
  serverFile: 'src/server/modules/export/routes.ts',
  serverFolder: 'src/server/modules/export/',
  routesExport: 'exportRoutes',
  sharedFile: 'src/shared/modules/export.ts',
  screenFile: 'src/client/modules/export/screen.tsx',
  clientFolder: 'src/client/modules/export/',
  serverTestFile: 'tests/server/modules/export.test.ts',
  clientTestFile: 'tests/client/modules/export.test.tsx',
};

export const server = plan.serverFile;
export const shared = plan.sharedFile;
export const screen = plan.screenFile;
export const serverTest = plan.serverTestFile;
export const clientTest = plan.clientTestFile;

/** A slice in which nothing is wrong. */
export const goodFiles: Readonly<Record<string, string>> = {
  [shared]:
    "import { z } from 'zod';\nexport const rowSchema = z.object({ id: z.int() });\nexport type Row = z.infer<typeof rowSchema>;\n",
  [server]: `import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { eq } from 'drizzle-orm';
import { type Row, rowSchema } from '../../../shared/modules/export.ts';
import type { Database } from '../../db/client.ts';
import { a, c, type Column, posts, shared } from '../../db/schema.ts';

export function exportRoutes(db: Database): Hono {
  const routes = new Hono();
  routes.get('/', (context) => context.json({ db, eq, bodyLimit, rowSchema, a, c, posts, shared } satisfies object));
  return routes;
}
export type Both = Row | Column;
`,
  [screen]: `import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { Rows } from './rows.tsx';

// The rest of the day is what the user sees first.
export function Screen() {
  const [state, setState] = useState('... rest of the code stays here, TODO: nothing');
  const load = async () => setState(String(await request('/api/export')));
  return <main onClick={load}>{state}<Button /><Rows /><a href="/posts">Not implemented?</a>...</main>;
}
`,
  [`${plan.clientFolder}rows.tsx`]: 'export const Rows = () => <p>{window.location.pathname}</p>;\n',
  [serverTest]: `import { expect, it } from 'vitest';
import { testApi } from '../support/api.ts';

it('answers', () => {
  expect(testApi()).toBe(1);
});
`,
  [clientTest]: `import { render } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Screen } from '../../../src/client/modules/export/screen.tsx';
import { installFakeApi } from '../support/fake-api.ts';

vi.mock('../../../src/client/api/request.ts');

describe('export', () => {
  it.each([1])('shows %d', () => {
    installFakeApi();
    const { container } = render(<Screen />);
    expect(container.textContent).toContain('x');
  });
});
`,
};

/** The good slice with other files; undefined leaves one out. */
export function draftWith(changes: Readonly<Record<string, string | undefined>> = {}): SliceDraft {
  const files = Object.entries({ ...goodFiles, ...changes }).flatMap(([path, content]): SliceFile[] =>
    content === undefined ? [] : [{ path, content }],
  );
  return { plan, files, tables: [] };
}

export function inspect(changes: Readonly<Record<string, string | undefined>> = {}): readonly SliceProblem[] {
  return inspectSlice(draftWith(changes), contract);
}

/** The good slice with code added to the end of a file. */
export function inspectAdded(path: string, code: string): readonly SliceProblem[] {
  return inspect({ [path]: `${goodFiles[path]}${code}\n` });
}
