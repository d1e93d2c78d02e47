import type { FilePhase } from '../core/rendered-project.ts';

/**
 * To which applications a file belongs: all, those with a database, those with records (entities with their lists and forms), those
 * with records that have pictures, those with records that are named after others, those without a database, those with slices, those with slices that use the database, or none by
 * itself.
 */
export type Condition =
  | 'always'
  | 'database'
  | 'records'
  | 'pictures'
  | 'linked-names'
  | 'static'
  | 'slices'
  | 'database-slices'
  | 'never';

export interface FileRule {
  /** Matches the path at which the file lands, before names of entities are put in. The first rule that matches holds. */
  readonly path: RegExp;
  readonly when: Condition;
  readonly phase: FilePhase;
  /** The sub-task as the tracker shows it; `{entity}` and `{entities}` are the labels. */
  readonly task: string;
  /** Where the file lands, if not at its own path. */
  readonly lands?: string;
  /** The applications whose slices may build on it even where it does not belong: it comes along where one imports it. */
  readonly offeredTo?: Condition;
}

/** What belongs where. Within a phase, tasks come in the order of their first rule, and those of entities one by one. */
export const fileRules: readonly FileRule[] = [
  rule('database', 'records', 'Database schema', /^src\/server\/db\/schema\.ts$/),
  rule(
    'database',
    'database',
    'Database schema',
    /^(drizzle\.config\.ts|src\/server\/db\/(columns|(features|fields)\/.*)\.ts)$/,
  ),
  rule('database', 'database', 'Migrations', /^migrations\//),
  offered('database', 'records', 'Validation', /^src\/shared\/fields\//),
  rule(
    'database',
    'records',
    '{entity} API',
    /^(src\/shared\/\[entity\]\.ts|src\/server\/resources\/|tests\/server\/resources\/)/,
  ),
  rule('database', 'database', 'Seed data', /^src\/server\/db\/seed\.ts$/),
  rule('database', 'records', 'Seed data', /^src\/server\/db\/(run-seed|seeds\/.*)\.?/),
  { ...rule('database', 'records', 'Server', /^src\/server\/db\/(query|conflicts)\.ts$/), offeredTo: 'database' },
  rule('database', 'pictures', 'Server', /^src\/server\/db\/picture-sites\.ts$/),
  rule('database', 'linked-names', 'Server', /^src\/server\/db\/labels\.ts$/),
  offered('database', 'records', 'Server', /^src\/server\/http\/list-query\.ts$/),
  rule('database', 'records', 'Server', /^src\/server\/http\/resource\.ts$/),
  {
    ...rule(
      'database',
      'never',
      'Server',
      /^src\/server\/db\/(feature-database|feature-statement|guarded-client)\.ts$/,
    ),
    offeredTo: 'database',
  },
  rule('database', 'database-slices', 'Server', /^tests\/server\/feature-database\.test\.ts$/),
  rule('database', 'database', 'Server', /^src\/server\/db/),
  offered('database', 'never', 'Server', /^src\/server\/http\/feature-routes\.ts$/),
  offered('database', 'records', 'Server', /^tests\/server\/support\/api\.ts$/),
  rule('database', 'database', 'Server', /^tests\/server\/(support|database)/),
  rule('database', 'always', 'Server', /^(src|tests)\/server\//),

  rule('frontend', 'pictures', 'Theme and layout', /^src\/client\/app\/refused-pictures\.ts$/),
  offered('frontend', 'records', 'Theme and layout', /^src\/client\/app\/outside-link\.tsx$/),
  offered('frontend', 'never', 'Theme and layout', /^src\/client\/(app\/page-link\.tsx|format\/today\.ts)$/),
  rule('frontend', 'always', 'Theme and layout', /^(index\.html|public\/|src\/client\/(styles|ui|app|format)\/)/),
  offered('frontend', 'records', 'Data access', /^src\/client\/(api\/|hooks\/|resources\/without-eval\.ts$)/),
  rule('frontend', 'records', 'Data access', /^src\/client\/resources\//),
  offered('frontend', 'records', 'Lists and forms', /^src\/client\/records\/form\/(form-row\.tsx|validation\.ts)$/),
  {
    ...rule('frontend', 'never', 'Lists and forms', /^src\/client\/records\/record-select\.tsx$/),
    offeredTo: 'records',
  },
  rule('frontend', 'records', 'Lists and forms', /^src\/client\/(records|fields)\//),
  rule('frontend', 'records', '{entity} screens', /^(src\/client|tests\/client|e2e)\/.*\[(entity|entities)\]/),
  rule('frontend', 'records', 'Home and pages', /^src\/client\/home\/(entit)/),
  rule('frontend', 'slices', 'Home and pages', /^src\/client\/features\/routes\.tsx$/),
  rule('frontend', 'always', 'Home and pages', /^src\/client\//),
  offered('frontend', 'never', 'Screen tests', /^tests\/client\/support\/fake-answers\.ts$/),
  offered('frontend', 'records', 'Screen tests', /^tests\/client\/support\/fake-api\.ts$/),
  rule('frontend', 'pictures', 'Screen tests', /^tests\/client\/refused-pictures\./),
  rule(
    'frontend',
    'records',
    'Screen tests',
    /^tests\/client\/(outside-link|api|home|records|support\/describe-screens)\./,
  ),
  rule('frontend', 'always', 'Screen tests', /^(tests\/client|e2e)\//),

  { ...rule('deployment', 'database', 'Packages', /^package-lock\.database\.json$/), lands: 'package-lock.json' },
  { ...rule('deployment', 'static', 'Packages', /^package-lock\.static\.json$/), lands: 'package-lock.json' },
  rule('deployment', 'always', 'Packages', /^package\.json$/),
  rule('deployment', 'database', 'Docker image', /^database\//),
  rule('deployment', 'always', 'Docker image', /^(Dockerfile|\.dockerignore|compose\.yaml)$/),
  rule('deployment', 'always', 'Continuous integration', /^\.github\//),
  rule('deployment', 'always', 'README', /^(README\.md|takoss\.json)$/),
  rule('deployment', 'always', 'Configuration', /^/),
];

function rule(phase: FilePhase, when: Condition, task: string, path: RegExp): FileRule {
  return { path, when, phase, task };
}

function offered(phase: FilePhase, when: Condition, task: string, path: RegExp): FileRule {
  return { ...rule(phase, when, task, path), offeredTo: 'always' };
}
