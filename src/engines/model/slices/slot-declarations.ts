import * as z from 'zod';
import type { SliceProblem } from '../../../core/slices.ts';
import type { SlotName } from '../../../core/slots.ts';
import { slotsPath } from './draft.ts';

/** What a model may fill. Routes have their place by themselves, and what pages may load from elsewhere is for the user to widen. */
export type OfferedSlot = Exclude<SlotName, 'server.routes' | 'server.policy'> | 'seed';

/** How the code of a slot is used, which decides what is said of it. */
export type SlotKind =
  | 'of-database'
  | 'hook'
  | 'component'
  | 'section'
  | 'of-record'
  | 'of-list'
  | 'screen'
  | 'link'
  | 'text';

export const slotKinds = {
  'server.middleware': 'of-database',
  'server.start': 'of-database',
  seed: 'of-database',
  'test.before': 'of-database',
  'resource.guard': 'hook',
  'resource.before': 'hook',
  'resource.after': 'hook',
  'query.extend': 'hook',
  'client.provider': 'component',
  'client.home': 'component',
  'client.my': 'section',
  'client.dashboard': 'section',
  'card.badge': 'of-record',
  'card.action': 'of-record',
  'row.action': 'of-record',
  'detail.after': 'of-record',
  'form.section': 'of-record',
  'list.toolbar': 'of-list',
  'client.route': 'screen',
  'client.navigation': 'link',
  'client.adminNavigation': 'link',
  'readme.section': 'text',
  'readme.limit': 'text',
} as const satisfies Record<OfferedSlot, SlotKind>;

/** The slots of some kinds. */
type SlotOf<Kind extends SlotKind> = {
  [Name in OfferedSlot]: (typeof slotKinds)[Name] extends Kind ? Name : never;
}[OfferedSlot];

function slotsOf<Kind extends SlotKind>(...kinds: readonly Kind[]): z.ZodType<SlotOf<Kind>> {
  const isOf = (name: string): name is SlotOf<Kind> =>
    Object.hasOwn(slotKinds, name) && kinds.some((kind) => kind === slotKinds[name as OfferedSlot]);
  return z.string().refine(isOf) as unknown as z.ZodType<SlotOf<Kind>>;
}

const title = z.string().regex(/^[^\p{Cc}]{1,60}$/u, 'A title has 1 to 60 characters, on one line.');
const text = z.string().min(1).max(2000);
const place = {
  file: z.string(),
  export: z.string().regex(/^[A-Za-z][\w$]*$/, 'An export is the name of a function.'),
};

/** One entry of `slots.json`. */
const declarationSchema = z.union([
  z.strictObject({ slot: slotsOf('of-database', 'component'), ...place }),
  z.strictObject({ slot: slotsOf('hook', 'of-record', 'of-list'), entity: z.string(), ...place }),
  z.strictObject({ slot: slotsOf('section'), title, ...place }),
  z.strictObject({ slot: slotsOf('screen'), path: z.string(), title, ...place }),
  z.strictObject({ slot: slotsOf('link'), path: z.string(), title }),
  z.strictObject({ slot: z.literal('readme.section'), title, text }),
  z.strictObject({ slot: z.literal('readme.limit'), text }),
]);
export type SlotDeclaration = z.infer<typeof declarationSchema>;

/** Far more than a feature needs. */
const maxDeclarations = 24;

/** What an entry has to have, for a message. */
const shapes: Readonly<Record<SlotKind, string>> = {
  'of-database': 'file and export',
  hook: 'entity, file and export',
  component: 'file and export',
  section: 'title, file and export',
  'of-record': 'entity, file and export',
  'of-list': 'entity, file and export',
  screen: 'path, title, file and export',
  link: 'path and title',
  text: 'text, and a section a title',
};

const closed: Readonly<Record<string, string>> = {
  'server.policy':
    'A feature cannot widen what pages may load from other sites: only the user decides that. Leave the slot out.',
  'server.routes': 'Routes are no entry of slots.json: they have their file by themselves. Leave the slot out.',
};

/** Reads `slots.json`, as far as it can be told without the files. */
export function readDeclarations(json: string): {
  readonly declared: readonly SlotDeclaration[];
  readonly problems: readonly SliceProblem[];
} {
  const entries = z
    .array(z.looseObject({ slot: z.string() }))
    .max(maxDeclarations)
    .safeParse(parseJson(json));
  if (!entries.success) {
    const message = `It must be a JSON array of at most ${maxDeclarations} objects with a slot.`;
    return { declared: [], problems: [slotProblem(message)] };
  }
  const declared: SlotDeclaration[] = [];
  const problems: SliceProblem[] = [];
  for (const entry of entries.data) {
    const read = declarationSchema.safeParse(entry);
    if (read.success) declared.push(read.data);
    else problems.push(slotProblem(faultOf(entry.slot)));
  }
  return { declared, problems };
}

function faultOf(slot: string): string {
  if (Object.hasOwn(closed, slot)) return closed[slot] ?? '';
  if (Object.hasOwn(slotKinds, slot)) {
    return `An entry for "${slot}" has ${shapes[slotKinds[slot as OfferedSlot]]}, and nothing else; titles are at most 60 characters on one line.`;
  }
  return `There is no slot "${slot.slice(0, 60)}". There are ${Object.keys(slotKinds).join(', ')}.`;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export function slotProblem(message: string): SliceProblem {
  return { check: 'syntax', path: slotsPath, line: undefined, message };
}
