import type { Entity } from './blueprint.ts';
import type { Code } from './code.ts';
import type { Slice, SliceFile, SlicePlan } from './slices.ts';
import type { Slots } from './slots.ts';
import { readsSchemas, takesNothing } from './written-code.ts';

/** What a model wrote of a slice. */
export interface WrittenSlice {
  readonly tables: readonly Entity[];
  readonly files: readonly SliceFile[];
  readonly packages: Readonly<Record<string, string>>;
  /** Slots that it fills beside its routes and its page. */
  readonly slots?: Slots;
  readonly seeds?: readonly Code[];
}

const databaseFile = 'src/server/db/guarded-database.ts';

/** What turns the database of the application into that which slices are given. */
export const narrowDatabase = { name: 'guardedDatabase', from: databaseFile };

/** Makes a contribution of what a model wrote: its routes, its page and its entry in the navigation have their places by themselves. */
export function sliceContribution(plan: SlicePlan, written: WrittenSlice): Slice {
  const { feature, slug, page } = plan;
  const { tables, files, packages, slots = {}, seeds = [] } = written;
  const place = {
    path: page,
    title: feature.title,
    file: plan.screenFile,
    component: 'Screen',
    usesSchemas: usesSchemas(files),
  };
  const routes = routesOf(plan, files);
  return {
    plan,
    id: slug,
    title: feature.title,
    task: `Feature: ${feature.title}`,
    tables,
    files,
    packages,
    environment: [],
    seeds,
    slots: {
      ...slots,
      ...(routes === undefined ? {} : { 'server.routes': [{ path: plan.api, ...routes }] }),
      'client.route': [place, ...(slots['client.route'] ?? [])],
      'client.navigation': [{ path: page, title: feature.title }, ...(slots['client.navigation'] ?? [])],
    },
  };
}

function routesOf({ serverFile, routesExport }: SlicePlan, files: readonly SliceFile[]): Code | undefined {
  const server = files.find(({ path }) => path === serverFile)?.content;
  if (server === undefined) return undefined;
  const routes = { name: routesExport, from: serverFile };
  return takesNothing(server, routesExport)
    ? { code: `() => ${routesExport}()`, imports: [routes] }
    : { code: `(db) => ${routesExport}(${narrowDatabase.name}(db))`, imports: [routes, narrowDatabase] };
}

/** Whether the pages of a slice check values with zod. */
export function usesSchemas(files: readonly SliceFile[]): boolean {
  return files.some(({ path, content }) => /^src\/(client|shared)\//.test(path) && readsSchemas(content));
}
