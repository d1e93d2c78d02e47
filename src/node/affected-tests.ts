import type { RenderedProject } from '../core/rendered-project.ts';
import type { Slice } from '../core/slices.ts';

/**
 * The tests of the application itself that see what slices put into its slots: those of the records that a slot is about, and of what slots are in the way of. A slice that
 * makes them fail would leave an application whose tests fail.
 */
export function affectedTests(
  { files, outline }: Pick<RenderedProject, 'files' | 'outline'>,
  slices: readonly Slice[],
): readonly string[] {
  const wanted = new Set(slices.flatMap((slice) => testsOf(slice, outline)));
  return files.map(({ path }) => path).filter((path) => wanted.has(path));
}

function testsOf({ slots, seeds }: Slice, { entities }: RenderedProject['outline']): string[] {
  const filled = Object.entries(slots);
  const about = new Set(
    filled.flatMap(([, codes]) =>
      codes.flatMap((code) => (typeof code === 'object' && 'entity' in code ? [code.entity] : [])),
    ),
  );
  const ofEntities = entities
    .filter(({ id }) => about.has(id))
    .flatMap(({ kebab }) => [
      `tests/server/resources/${kebab}.test.ts`,
      `tests/client/screens/${kebab}-screens.test.tsx`,
    ]);
  const isOfServer = seeds.length > 0 || filled.some(([name]) => /^(server\.middleware|test\.before)$/.test(name));
  const isOfHome = filled.some(([name]) => /^client\.(home|provider)$/.test(name));
  return [
    ...ofEntities,
    ...(isOfServer ? ['tests/server/app.test.ts'] : []),
    ...(isOfHome ? ['tests/client/home.test.tsx', 'tests/client/shell.test.tsx'] : []),
  ];
}
