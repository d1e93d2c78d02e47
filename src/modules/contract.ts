import type * as z from 'zod';
import type { Actor, Blueprint, Entity, Field, ModuleUse, Page, Relation } from '../core/blueprint.ts';
import type { Contribution } from '../core/contribution.ts';
import type { ModuleSpec } from '../core/module-spec.ts';
import type { Helpers } from '../emit/helpers.ts';
import type { ProjectView } from '../emit/project-view.ts';

/** A module as a blueprint asks for it, with its options parsed. */
export interface Use<Options> extends Omit<ModuleUse, 'options'> {
  readonly options: Options;
}

/** What a module adds to a blueprint: it takes nothing away and changes nothing. Every item has the module as its origin. */
export interface BlueprintAddition {
  readonly actors?: readonly Actor[];
  readonly entities?: readonly Entity[];
  readonly pages?: readonly Page[];
  /** Of entities that are there, by their ids. */
  readonly fields?: readonly { readonly entity: string; readonly field: Field }[];
  readonly relations?: readonly { readonly entity: string; readonly relation: Relation }[];
}

/** What the renderer makes of a module. */
export interface ModuleBuild<Options> {
  /** Records that the module keeps as entities: with lists, pages and forms as others have. Absent where it keeps none, or only tables. */
  extend?(blueprint: Blueprint, use: Use<Options>): BlueprintAddition;
  /** What it adds to the application. `project` has everything but what modules contribute. */
  contribute(project: ProjectView, use: Use<Options>, helpers: Helpers): Contribution;
}

/** A module, whatever its options are. */
export interface ApplicationModule {
  readonly spec: ModuleSpec;
  extend(blueprint: Blueprint, use: ModuleUse): BlueprintAddition;
  contribute(project: ProjectView, use: ModuleUse, helpers: Helpers): Contribution;
}

/** Puts the two halves of a module together. Options are parsed here: a blueprint may come from a file. */
export function applicationModule<Options>(spec: ModuleSpec<Options>, build: ModuleBuild<Options>): ApplicationModule {
  const parsed = (use: ModuleUse): Use<Options> => ({ ...use, options: parse(spec.options, use.options) });
  return {
    spec,
    extend: (blueprint, use) => build.extend?.(blueprint, parsed(use)) ?? {},
    contribute: (project, use, helpers) => build.contribute(project, parsed(use), helpers),
  };
}

function parse<Options>(schema: z.ZodType<Options>, value: unknown): Options {
  return schema.parse(value);
}
