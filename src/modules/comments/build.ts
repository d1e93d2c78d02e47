import type { Entity } from '../../core/blueprint.ts';
import type { Code } from '../../core/code.ts';
import type { ContributedTable, Contribution } from '../../core/contribution.ts';
import type { Origin } from '../../core/phrases.ts';
import type { EntityCode } from '../../core/slots.ts';
import type { EntityView, ProjectView } from '../../emit/project-view.ts';
import { renderTemplate } from '../../emit/render-template.ts';
import { applicationModule } from '../contract.ts';
import { templates } from './compiled-templates.ts';
import type { CommentOptions } from './options.ts';
import { commentsSpec } from './spec.ts';
import type { Subject } from './template-context.ts';

const id = 'comments';
const server = `src/server/modules/${id}`;
const seedsFile = `${server}/seeds.ts`;
const client = `src/client/modules/${id}`;
const origin: Origin = { by: 'module', module: id };

/** Comments below records: a table, routes, and an element on the screens of the entities that can be commented on. */
export const comments = applicationModule<CommentOptions>(commentsSpec, {
  contribute(project, use, helpers): Contribution {
    const subjects = project.entities.filter((entity) => use.entities.includes(entity.id)).map(subjectOf);
    const table = tableOf(project, subjects);
    const api = apiOf(project);
    const context = { ...helpers, project, subjects, api, table: constantOf(table), first: use.options.first };
    const hasSamples = subjects.some(({ entity }) => entity.seeds.length > 0);
    const files = templates
      .filter(({ path }) => hasSamples || path !== seedsFile)
      .flatMap((template) => renderTemplate(template, context));
    return {
      id,
      title: commentsSpec.title,
      task: commentsSpec.title,
      files: files.map(({ path, content }) => ({ path, content })).sort((a, b) => (a.path < b.path ? -1 : 1)),
      tables: [table],
      packages: {},
      environment: [],
      seeds: hasSamples ? [imported('seedComments', seedsFile)] : [],
      slots: {
        'server.routes': [{ path: api, ...imported('commentRoutes', `${server}/routes.ts`) }],
        'detail.after': subjects.map(elementOf),
        'readme.section': [{ title: commentsSpec.title, text: readme(subjects, api, helpers.markdown) }],
        'readme.limit': [
          'Whoever sees a record may comment on it and delete every comment: there is no sign-in, and nobody checks the names.',
        ],
      },
    };
  },
});

function imported(name: string, from: string): Code {
  return { code: name, imports: [{ name, from }] };
}

function subjectOf(entity: EntityView): Subject {
  return { entity, about: entity.kebabPlural, key: `about${entity.name.slice(0, 40)}Id` };
}

/** Entities come first: one of them may have the address already. */
function apiOf({ entities }: ProjectView): string {
  const usual = `/api/${id}`;
  return entities.some(({ apiPath }) => apiPath === usual) ? `/api/record-${id}` : usual;
}

/** One table for all of them: a comment belongs to one record, whatever its kind, and is deleted with it. */
function tableOf({ entities }: ProjectView, subjects: readonly Subject[]): ContributedTable {
  const isTaken = entities.some(({ name, pascalPlural }) => name === 'Comment' || pascalPlural === 'Comments');
  const relations = subjects.map(({ entity, key }): Entity['relations'][number] => ({
    id: entity.id,
    name: key.slice(0, -'Id'.length),
    label: entity.label,
    kind: 'many-to-one',
    target: entity.name,
    required: subjects.length === 1,
    inverse: 'comments',
    origin,
  }));
  const field = (name: string, label: string, type: 'string' | 'text'): Entity['fields'][number] => {
    return { id: name, name, label, type, required: true, unique: false, origin };
  };
  return {
    id: 'comment',
    ...(isTaken ? { name: 'RecordComment', plural: 'RecordComments' } : { name: 'Comment', plural: 'Comments' }),
    label: 'Comment',
    pluralLabel: 'Comments',
    description: 'What people say about records. A comment goes with the record that it is about.',
    fields: [field('author', 'Author', 'string'), field('body', 'Body', 'text')],
    relations,
    access: { list: 'everyone', view: 'everyone', create: 'everyone', change: 'everyone', delete: 'everyone' },
    samples: [],
    origin,
    ...(subjects.length > 1 ? { belongsToOneOf: relations.map((relation) => relation.id) } : {}),
  };
}

/** The constant by which code knows a table: short of a clash, which the names here avoid, its plural. */
function constantOf({ plural }: ContributedTable): string {
  return plural.charAt(0).toLowerCase() + plural.slice(1);
}

function elementOf({ entity, about }: Subject): EntityCode {
  return {
    entity: entity.id,
    code: `<Comments about="${about}" record={record.id} />`,
    imports: [{ name: 'Comments', from: `${client}/comments.tsx` }],
  };
}

function readme(subjects: readonly Subject[], api: string, markdown: (text: string) => string): string {
  const things = subjects.map(({ entity }) => markdown(entity.pluralLabelLower));
  const all = things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
  return [
    `Below ${all}, people read and write comments. The name that somebody writes under is kept in their browser.`,
    '',
    `\`GET\` and \`POST ${api}?about=${subjects[0]?.about}&record=1\` list the comments on a record and add one,`,
    `\`DELETE ${api}/1\` deletes one. Lists take \`page\`, \`pageSize\` and \`sort\` (\`createdAt\` or \`-createdAt\`).`,
    '',
    `To do without: delete \`${server}\`, \`${client}\`, \`src/shared/modules/${id}.ts\` and their tests in \`tests/*/modules\`,`,
    'then the lines that `npm run typecheck` names, and run `npm run db:generate`.',
  ].join('\n');
}
