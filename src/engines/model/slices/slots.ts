import type { Blueprint } from '../../../core/blueprint.ts';
import type { Code } from '../../../core/code.ts';
import { narrowDatabase, usesSchemas } from '../../../core/slice-contribution.ts';
import { isPlaceOf } from '../../../core/slice-places.ts';
import type { SliceFile, SlicePlan, SliceProblem } from '../../../core/slices.ts';
import type { Slots } from '../../../core/slots.ts';
import { parametersOf } from '../inspection/parameters.ts';
import type { Entrance } from '../inspection/slot-code.ts';
import { parseSource } from '../inspection/syntax.ts';
import type { SliceDraft } from './draft.ts';
import { readDeclarations, type SlotDeclaration, slotKinds, slotProblem } from './slot-declarations.ts';

export interface DeclaredSlots {
  /** What the application calls, for the inspection. */
  readonly entrances: readonly Entrance[];
  readonly slots: Slots;
  readonly seeds: readonly Code[];
  readonly problems: readonly SliceProblem[];
}

/** Reads the slots that a draft fills, holds them against the blueprint, the places of the slice and its files, and makes the code that stands in them. */
export function readSlots(draft: Pick<SliceDraft, 'plan' | 'files' | 'slots'>, blueprint: Blueprint): DeclaredSlots {
  if (draft.slots === undefined || draft.slots.trim() === '')
    return { entrances: [], slots: {}, seeds: [], problems: [] };
  const { declared, problems } = readDeclarations(draft.slots);
  const filled: Record<string, unknown[]> = {};
  const faults = [...problems, ...crowded(declared)];
  for (const declaration of declared) {
    const made = fill(declaration, draft, blueprint);
    if ('fault' in made) faults.push(slotProblem(made.fault));
    else filled[declaration.slot] = [...(filled[declaration.slot] ?? []), made.content];
  }
  const { seed = [], ...slots } = filled;
  // What each of them holds is what `fill` made for its slot.
  const entrances = declared.flatMap((declaration) => ('file' in declaration ? [declaration] : []));
  return { entrances, slots: slots as Slots, seeds: seed as Code[], problems: faults };
}

type Filled = { readonly content: unknown } | { readonly fault: string };

function fill(
  declaration: SlotDeclaration,
  { plan, files }: Pick<SliceDraft, 'plan' | 'files'>,
  blueprint: Blueprint,
): Filled {
  const { slot } = declaration;
  if ('text' in declaration) return textOf(declaration);
  if ('path' in declaration && !isOwnPath(declaration.path, plan, 'file' in declaration)) {
    return { fault: `${slot}: the path begins with "${plan.page}/", and has letters, digits, "-" and "/" only.` };
  }
  if (!('file' in declaration)) return { content: { path: declaration.path, title: declaration.title } };
  const parameters = exported(declaration, plan, files);
  if (typeof parameters === 'string') return { fault: parameters };
  if (slot === 'seed' && blueprint.entities.length === 0) {
    return { fault: 'Sample records are only added beside those of entities, and there are none. Leave the seed out.' };
  }
  if ('path' in declaration) {
    const { path, title, file } = declaration;
    return { content: { path, title, file, component: declaration.export, usesSchemas: usesSchemas(files) } };
  }
  const code = codeOf(declaration, parameters);
  if (!('entity' in declaration))
    return { content: 'title' in declaration ? { title: declaration.title, ...code } : code };
  const entity = blueprint.entities.find(({ name }) => name === declaration.entity);
  if (entity === undefined) {
    return {
      fault: `${slot}: there is no entity "${declaration.entity.slice(0, 60)}". There are ${blueprint.entities.map(({ name }) => name).join(', ') || 'none'}.`,
    };
  }
  return { content: { entity: entity.id, ...code } };
}

/** The code that stands in the slot. What runs on the server is given the narrowed database, be it that of a transaction. */
function codeOf(
  { slot, file, export: name }: SlotDeclaration & { file: string; export: string },
  parameters: number,
): Code {
  const own = { name, from: file };
  switch (slotKinds[slot]) {
    case 'of-database':
      return parameters === 0
        ? { code: `() => ${name}()`, imports: [own] }
        : { code: `(db) => ${name}(${narrowDatabase.name}(db))`, imports: [own, narrowDatabase] };
    case 'hook':
      return parameters < 2
        ? { code: name, imports: [own] }
        : { code: `(asked, db) => ${name}(asked, ${narrowDatabase.name}(db))`, imports: [own, narrowDatabase] };
    case 'of-record':
      return { code: parameters === 0 ? `<${name} />` : `<${name} record={record} />`, imports: [own] };
    case 'of-list':
      return { code: `<${name} />`, imports: [own] };
    default:
      return { code: name, imports: [own] };
  }
}

/** How many parameters the function has that fills a slot, or what is wrong with it. */
function exported(
  { slot, file, export: name }: SlotDeclaration & { file: string; export: string },
  plan: SlicePlan,
  files: readonly SliceFile[],
): number | string {
  const isOfServer = /^(server|resource|query|test)\.|^seed$/.test(slot);
  const folder = isOfServer ? plan.serverFolder : plan.clientFolder;
  const shown = file.slice(0, 120);
  if (file === plan.serverFile || file === plan.screenFile) {
    return `${slot}: write it in a file of its own below ${folder}, not in ${shown}.`;
  }
  if (!file.startsWith(folder) || !isPlaceOf(plan, file)) return `${slot}: "${shown}" is not a file below ${folder}.`;
  const content = files.find(({ path }) => path === file)?.content;
  if (content === undefined) return `${slot}: the file ${shown} is missing.`;
  const parsed = parseSource(file, content);
  // The inspection says what is wrong with a file that cannot be read.
  if ('faults' in parsed) return 0;
  const parameters = parametersOf(parsed.program, name);
  if (parameters === undefined) return `${slot}: ${shown} exports no function "${name}".`;
  if (!isOfServer && !/^[A-Z]/.test(name))
    return `${slot}: "${name}" is a component, whose name begins with a capital.`;
  return parameters;
}

function isOwnPath(path: string, { page }: SlicePlan, isScreen: boolean): boolean {
  return (!isScreen && path === page) || (path.startsWith(`${page}/`) && /^(\/[a-z\d][a-z\d-]*)+$/.test(path));
}

/** Text of the README. Who reads it trusts it as the project's own, so it shows no markup, pictures or addresses. */
function textOf(declaration: SlotDeclaration & { text: string }): Filled {
  const { text } = declaration;
  const lines = ['title' in declaration ? declaration.title : '', ...text.split('\n')];
  if (lines.some((line) => /[<\p{Cc}]|!\[|:\/\/|^\s*#/u.test(line))) {
    return {
      fault: `${declaration.slot}: the text is plain words and lists: no markup, headings, pictures and addresses.`,
    };
  }
  return { content: 'title' in declaration ? { title: declaration.title, text } : text };
}

function crowded(declared: readonly SlotDeclaration[]): SliceProblem[] {
  const providers = declared.filter(({ slot }) => slot === 'client.provider');
  return providers.length > 1 ? [slotProblem('client.provider: a feature has one provider. Make one of them.')] : [];
}
