import { type AccessAction, type AccessDraft, type AccessRule, accessActions, completeAccess } from './access.ts';
import type { Phrase } from './phrases.ts';

/** Until there are accounts, nobody is told from anybody else. Rules of access are kept, and every one of them is said to be not checked. */

/** An entity with its rules, in a draft or in a blueprint. */
interface Guarded {
  readonly name: string;
  readonly pluralLabel: string;
  readonly access?: AccessDraft | undefined;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly access?: AccessRule | undefined;
  }[];
}

const verbs: Readonly<Record<AccessAction, string>> = {
  list: 'list',
  view: 'see',
  create: 'add',
  change: 'change',
  delete: 'delete',
};

/** What coverage can say of the rules that an entity has. */
export function accessReferences({ name, access, fields }: Guarded): string[] {
  const ofFields = fields.flatMap((field) =>
    field.access === undefined ? [] : [`access:${name}.${field.name}`, `access:${name}`],
  );
  if (access === undefined) return ofFields;
  return [`access:${name}`, ...accessActions.map((action) => `access:${name}/${action}`), ...ofFields];
}

/** What is not checked of that which a reference names, in a sentence; undefined where everyone may. */
export function whyUnchecked(reference: string, entities: readonly Guarded[]): string | undefined {
  const [, name, mark, part] = /^access:(\w+)(?:([./])(\w+))?$/.exec(reference) ?? [];
  const entity = entities.find((candidate) => candidate.name === name);
  if (entity === undefined) return undefined;
  const closed = closedActions(entity).filter((action) => mark !== '/' || action === part);
  const fields = closedFields(entity).filter((field) => mark !== '.' || field.name === part);
  return unchecked(entity, mark === '.' ? [] : closed, mark === '/' ? [] : fields);
}

/** What is not checked and no phrase says so, a sentence for each entity. */
export function untoldAccess(entities: readonly Guarded[], phrases: readonly Phrase[]): string[] {
  const told = new Set(phrases.flatMap(({ state }) => (state.kind === 'not-built' ? [state.why] : [])));
  return entities.flatMap((entity) => {
    const isTold = (part: string): boolean => told.has(whyUnchecked(`access:${entity.name}${part}`, [entity]) ?? '');
    if (isTold('')) return [];
    const actions = closedActions(entity).filter((action) => !isTold(`/${action}`));
    const fields = closedFields(entity).filter((field) => !isTold(`.${field.name}`));
    return unchecked(entity, actions, fields) ?? [];
  });
}

/** Every sentence that can be said of these entities: no feature that is built makes one of them untrue. */
export function accessReasons(entities: readonly Guarded[]): ReadonlySet<string> {
  return new Set(
    entities.flatMap((entity) =>
      accessReferences(entity).flatMap((reference) => whyUnchecked(reference, entities) ?? []),
    ),
  );
}

function closedActions({ access = {} }: Guarded): AccessAction[] {
  const rules = completeAccess(access);
  return accessActions.filter((action) => rules[action] !== 'everyone');
}

function closedFields({ fields }: Guarded): Guarded['fields'] {
  return fields.filter(({ access }) => access !== undefined && access !== 'everyone');
}

function unchecked(
  { pluralLabel }: Guarded,
  actions: readonly AccessAction[],
  fields: Guarded['fields'],
): string | undefined {
  const things = inSentence(pluralLabel);
  // Whoever lists records sees them.
  const shown = actions.filter((action) => action !== 'list' || !actions.includes('view'));
  const said = [
    ...(shown.length === 0 ? [] : [`${listed(shown.map((action) => verbs[action]))} ${things}`]),
    ...(fields.length === 0 ? [] : [`see the ${listed(fields.map(({ label }) => inSentence(label)))} of ${things}`]),
  ];
  return said.length === 0 ? undefined : `Who may ${said.join(', and ')} is not checked yet: there are no accounts.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `Blog posts` within a sentence; `FAQ entries` stays. */
function inSentence(label: string): string {
  return /^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
