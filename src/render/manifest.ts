import type { FilePhase } from '../core/rendered-project.ts';
import type { SlotName } from '../core/slots.ts';
import type { ModuleView, ProjectView } from '../emit/project-view.ts';

/** To which applications a file belongs. */
type Condition = (project: ProjectView) => boolean;

export const always = (): boolean => true;
const never = (): boolean => false;
const database: Condition = ({ hasDatabase }) => hasDatabase;
/** With entities: their lists, pages and forms. */
const records: Condition = ({ hasRecords }) => hasRecords;
const pictures: Condition = ({ hasPictures }) => hasPictures;
/** With records that are named after others. */
const linkedNames: Condition = ({ entities }) => entities.some(({ titleLinks }) => titleLinks.length > 0);
const serverModules: Condition = ({ modules }) => modules.some(({ hasServer }) => hasServer);
const clientModules: Condition = ({ modules }) => modules.some(({ hasClient }) => hasClient);
/** With code of a model that is given the database. */
const narrowedDatabase: Condition = ({ hasDatabase, modules }) =>
  hasDatabase &&
  modules.some(({ feature, slots, seeds }) => feature !== undefined && [slots, seeds].some(isGivenNarrowDatabase));

function isGivenNarrowDatabase(codes: object): boolean {
  return Object.values(codes)
    .flat()
    .some((code: object | string) => {
      if (typeof code === 'string' || !('imports' in code) || !Array.isArray(code.imports)) return false;
      return code.imports.some(({ name }: { name: string }) => name === 'guardedDatabase');
    });
}

function filled(...names: SlotName[]): Condition {
  return ({ slots }) => names.some((name) => slots[name] !== undefined);
}

export interface FileRule {
  /** Matches the path at which the file lands, before names of entities are put in. The first rule that matches holds. */
  readonly path: RegExp;
  readonly when: Condition;
  readonly phase: FilePhase;
  /** The sub-task as the tracker shows it; `{entity}` and `{entities}` are the labels. */
  readonly task: string;
  /** The applications whose slices may build on it even where it does not belong: it comes along where one imports it. */
  readonly offeredTo?: Condition;
  /** For a file per module: those that have one. By default all. */
  readonly ofModule?: (module: ModuleView) => boolean;
}

/** What belongs where. Within a phase, tasks come in the order of their first rule, and those of entities one by one. */
export const fileRules: readonly FileRule[] = [
  rule('database', records, 'Database schema', /^src\/server\/db\/schema\.ts$/),
  rule('database', database, 'Database schema', /^(drizzle\.config\.ts|src\/server\/db\/(columns|fields\/.*)\.ts)$/),
  {
    ...rule('database', database, '{module}', /^src\/server\/modules\/\[module\]\/tables\.ts$/),
    ofModule: ({ tables }) => tables.length > 0,
  },
  {
    ...rule('database', serverModules, '{module}', /^src\/server\/modules\/\[module\]\/module\.ts$/),
    ofModule: ({ hasServer }) => hasServer,
  },
  rule('database', serverModules, 'Server', /^src\/server\/modules\/(module|registry)\.ts$/),
  rule('database', database, 'Migrations', /^migrations\//),
  offered('database', records, 'Validation', /^src\/shared\/fields\//),
  rule(
    'database',
    records,
    '{entity} API',
    /^(src\/shared\/\[entity\]\.ts|src\/server\/resources\/|tests\/server\/resources\/)/,
  ),
  rule('database', database, 'Seed data', /^src\/server\/db\/seed\.ts$/),
  rule('database', records, 'Seed data', /^src\/server\/db\/(run-seed|seeds\/.*)\.?/),
  { ...rule('database', records, 'Server', /^src\/server\/db\/(query|conflicts)\.ts$/), offeredTo: database },
  rule('database', pictures, 'Server', /^src\/server\/db\/picture-sites\.ts$/),
  rule('database', linkedNames, 'Server', /^src\/server\/db\/labels\.ts$/),
  offered('database', records, 'Server', /^src\/server\/http\/list-query\.ts$/),
  rule('database', records, 'Server', /^src\/server\/http\/resource(-hooks)?\.ts$/),
  {
    ...rule('database', never, 'Server', /^src\/server\/db\/(guarded-database|guarded-statement|guarded-client)\.ts$/),
    offeredTo: database,
  },
  rule('database', narrowedDatabase, 'Server', /^tests\/server\/guarded-database\.test\.ts$/),
  rule('database', database, 'Server', /^src\/server\/db/),
  offered('database', never, 'Server', /^src\/server\/http\/module-routes\.ts$/),
  offered('database', records, 'Server', /^tests\/server\/support\/api\.ts$/),
  rule('database', records, 'Server', /^tests\/server\/conflicts\.test\.ts$/),
  rule('database', database, 'Server', /^tests\/server\/(support|database)/),
  rule('database', always, 'Server', /^(src|tests)\/server\//),

  rule('frontend', pictures, 'Theme and layout', /^src\/client\/app\/refused-pictures\.ts$/),
  offered('frontend', records, 'Theme and layout', /^src\/client\/app\/outside-link\.tsx$/),
  offered('frontend', never, 'Theme and layout', /^src\/client\/(app\/page-link\.tsx|format\/today\.ts)$/),
  rule('frontend', always, 'Theme and layout', /^(index\.html|public\/|src\/client\/(styles|ui|app|format)\/)/),
  offered('frontend', records, 'Data access', /^src\/client\/(api\/|hooks\/|resources\/without-eval\.ts$)/),
  rule('frontend', records, 'Data access', /^src\/client\/resources\//),
  offered('frontend', records, 'Lists and forms', /^src\/client\/records\/form\/(form-row\.tsx|validation\.ts)$/),
  {
    ...rule('frontend', never, 'Lists and forms', /^src\/client\/records\/record-select\.tsx$/),
    offeredTo: records,
  },
  rule('frontend', records, 'Lists and forms', /^src\/client\/(records|fields)\//),
  rule('frontend', records, '{entity} screens', /^(src\/client|tests\/client|e2e)\/.*\[(entity|entities)\]/),
  rule('frontend', records, 'Home and pages', /^src\/client\/home\/(entit)/),
  {
    ...rule('frontend', clientModules, '{module}', /^src\/client\/modules\/\[module\]\//),
    ofModule: ({ hasClient }) => hasClient,
  },
  rule('frontend', clientModules, 'Home and pages', /^src\/client\/modules\/(module|registry)\.ts$/),
  rule(
    'frontend',
    filled('client.my', 'client.dashboard'),
    'Home and pages',
    /^src\/client\/modules\/sections-screen\.tsx$/,
  ),
  rule('frontend', always, 'Home and pages', /^src\/client\/(home|content)\/|^src\/client\/(main\.tsx|project\.ts)$/),
  offered('frontend', never, 'Screen tests', /^tests\/client\/support\/fake-answers\.ts$/),
  offered('frontend', records, 'Screen tests', /^tests\/client\/support\/fake-api\.ts$/),
  rule('frontend', pictures, 'Screen tests', /^tests\/client\/refused-pictures\./),
  rule(
    'frontend',
    records,
    'Screen tests',
    /^tests\/client\/(outside-link|api|home|records|support\/describe-screens)\./,
  ),
  rule('frontend', always, 'Screen tests', /^tests\/client\//),

  rule('deployment', always, 'Packages', /^package(-lock)?\.json$/),
  rule('deployment', database, 'Docker image', /^database\//),
  rule('deployment', always, 'Docker image', /^(Dockerfile|\.dockerignore|compose\.yaml)$/),
  rule('deployment', always, 'Continuous integration', /^\.github\//),
  rule('deployment', always, 'README', /^(README\.md|takoss\.json)$/),
  rule(
    'deployment',
    always,
    'Configuration',
    /^(\.env\.example|\.gitignore|biome\.json|tsconfig(\.server)?\.json|vite\.config\.ts|scripts\/.*)$/,
  ),
];

/** The rule that a template falls under. Throws where there is none: the build tries every template. */
export function ruleOf(path: string): FileRule {
  const rule = fileRules.find((candidate) => candidate.path.test(path));
  if (rule === undefined) throw new Error(`No rule of src/render/manifest.ts matches the template ${path}. Add one.`);
  return rule;
}

function rule(phase: FilePhase, when: Condition, task: string, path: RegExp): FileRule {
  return { path, when, phase, task };
}

function offered(phase: FilePhase, when: Condition, task: string, path: RegExp): FileRule {
  return { ...rule(phase, when, task, path), offeredTo: always };
}
