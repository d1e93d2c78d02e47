import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { ZodObject } from 'zod';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import type { FieldTypes } from '../../../src/field-types/contract.ts';
import { renderThing, viewThing, withBarcode } from '../../support/field-places.ts';

/** What the tests need of a kind of field of a generated application. */
interface Kind {
  toInput(value: unknown): string | boolean;
  fromInput(value: string | boolean): unknown;
  display(value: unknown, brief: boolean): unknown;
  readonly isNeverEmpty?: boolean;
}

interface Generated {
  /** A value that the field refuses. */
  readonly wrong: unknown;
  readonly thingInputSchema: ZodObject;
  readonly thingResource: { readonly fields: readonly { readonly name: string; readonly kind: Kind }[] };
}

/** Where Node finds the zod of this repository. */
const cache = resolve('.cache');

/** The schemas of a generated application and what its forms do, with the libraries of its screens left out. */
async function load(type: string, types: FieldTypes, wrongValue: string): Promise<Generated> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'fields-'));
  try {
    for (const { path, content } of renderThing(type, types)) {
      if (!path.startsWith('src/')) continue;
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const outfile = join(folder, 'generated.mjs');
    const contents = "export * from './src/client/entities/thing.ts'; export * from './src/shared/thing.ts';";
    const wrong = `export const wrong = ${wrongValue};`;
    await build({
      stdin: { contents: contents + wrong, resolveDir: folder, loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      jsx: 'automatic',
      outfile,
      logLevel: 'error',
      plugins: [
        {
          name: 'without screens',
          setup({ onResolve, onLoad }) {
            onResolve({ filter: /^react/ }, ({ path }) => ({ path, namespace: 'left-out' }));
            onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
              contents: `for (const name of ['jsx', 'jsxs', 'lazy', 'default']) exports[name] = () => ({});`,
            }));
          },
        },
      ],
    });
    return (await import(pathToFileURL(outfile).href)) as Generated;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('fields of a generated application', () => {
  for (const type of withBarcode.ids) {
    it(`take the samples of ${type}, refuse what is wrong, and come back from a form as they were`, async () => {
      const types = fieldTypes.has(type) ? fieldTypes : withBarcode;
      const thing = viewThing(type, types);
      const [, must, may] = thing.fields;
      assert.ok(must !== undefined && may !== undefined);
      const { thingInputSchema, thingResource, wrong } = await load(type, types, must.wrongValue);
      for (const seed of [...thing.seeds, thing.sample]) {
        assert.deepEqual(thingInputSchema.parse(seed), seed);
        for (const { name, kind } of thingResource.fields) {
          const value = seed[name] ?? null;
          assert.deepEqual(kind.fromInput(kind.toInput(value)), value, name);
          if (value !== null) for (const brief of [true, false]) assert.ok(kind.display(value, brief), name);
        }
      }
      for (const { name } of [must, may]) {
        const refused = thingInputSchema.safeParse({ ...thing.sample, [name]: wrong });
        assert.deepEqual([...new Set(refused.error?.issues.map(({ path }) => path[0]))], [name]);
        for (const { message } of refused.error?.issues ?? []) assert.match(message, new RegExp(`^${name}\\b`, 'i'));
      }
      const kind = thingResource.fields[1]?.kind;
      const { must: _, ...without } = thing.sample;
      assert.equal(thingInputSchema.safeParse(without).success, kind?.isNeverEmpty === true);
    });
  }
});
