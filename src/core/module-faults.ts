import type { ModuleUse } from './blueprint.ts';
import type { ModuleSpec } from './module-spec.ts';

/**
 * What keeps modules that a blueprint asks for from being built, as sentences for the user, or undefined: a blueprint may come from a file that another version of
 * Takoss made.
 */
export function moduleFault(
  uses: readonly Pick<ModuleUse, 'id' | 'options'>[],
  specs: readonly ModuleSpec[],
): string | undefined {
  const asked = new Set(uses.map(({ id }) => id));
  for (const { id, options } of uses) {
    const spec = specs.find((candidate) => candidate.id === id);
    if (spec === undefined)
      return `The application uses the module "${id}", which this version of Takoss lacks. Update Takoss.`;
    const issue = spec.options.safeParse(options).error?.issues[0];
    if (issue !== undefined) {
      const place = [id, ...issue.path.map(String)].join('.');
      return `The options of the module "${id}" are not right (${place}: ${issue.message}). ${spec.whenMissing}`;
    }
    const required = spec.requires.find((other) => !asked.has(other));
    if (required !== undefined)
      return `The module "${id}" builds on the module "${required}", which the application does not use.`;
  }
  return undefined;
}
