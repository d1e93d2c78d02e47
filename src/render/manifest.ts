import type { FilePhase } from '../core/rendered-project.ts';

/** To which applications a file belongs: all, those that store something, or those that store nothing. */
export type Condition = 'always' | 'database' | 'static';

export interface FileRule {
  /** Matches the path at which the file lands, before names of entities are put in. The first rule that matches holds. */
  readonly path: RegExp;
  readonly when: Condition;
  readonly phase: FilePhase;
  /** The sub-task as the tracker shows it; `{entity}` and `{entities}` are the labels. */
  readonly task: string;
  /** Where the file lands, if not at its own path. */
  readonly lands?: string;
}

/** What belongs where. Within a phase, tasks come in the order of their first rule, and those of entities one by one. */
export const fileRules: readonly FileRule[] = [
  rule('database', 'database', 'Database schema', /^(drizzle\.config\.ts|src\/server\/db\/(schema|columns)\.ts)$/),
  rule('database', 'database', 'Migrations', /^migrations\//),
  rule('database', 'database', 'Validation', /^src\/shared\/validation\//),
  rule(
    'database',
    'database',
    '{entity} API',
    /^(src\/shared\/\[entity\]\.ts|src\/server\/resources\/|tests\/server\/resources\/)/,
  ),
  rule('database', 'database', 'Seed data', /^src\/server\/db\/(seed|run-seed|seeds\/.*)\.?/),
  rule('database', 'database', 'Server', /^src\/server\/(db|http\/(resource|list-query))/),
  rule('database', 'database', 'Server', /^tests\/server\/(support|database)/),
  rule('database', 'always', 'Server', /^(src|tests)\/server\//),

  rule('frontend', 'always', 'Theme and layout', /^(index\.html|public\/|src\/client\/(styles|ui|app|format)\/)/),
  rule('frontend', 'database', 'Data access', /^src\/client\/(api|hooks|resources)\//),
  rule('frontend', 'database', 'Lists and forms', /^src\/client\/records\//),
  rule('frontend', 'database', '{entity} screens', /^(src\/client|tests\/client|e2e)\/.*\[(entity|entities)\]/),
  rule('frontend', 'database', 'Home and pages', /^src\/client\/home\/(entit)/),
  rule('frontend', 'always', 'Home and pages', /^src\/client\//),
  rule(
    'frontend',
    'database',
    'Screen tests',
    /^tests\/client\/(api|home|records|support\/(describe-screens|fake-api))\./,
  ),
  rule('frontend', 'always', 'Screen tests', /^(tests\/client|e2e)\//),

  { ...rule('deployment', 'database', 'Packages', /^package-lock\.database\.json$/), lands: 'package-lock.json' },
  { ...rule('deployment', 'static', 'Packages', /^package-lock\.static\.json$/), lands: 'package-lock.json' },
  rule('deployment', 'always', 'Packages', /^package\.json$/),
  rule('deployment', 'always', 'Docker image', /^(Dockerfile|\.dockerignore|compose\.yaml)$/),
  rule('deployment', 'always', 'Continuous integration', /^\.github\//),
  rule('deployment', 'always', 'README', /^(README\.md|takoss\.json)$/),
  rule('deployment', 'always', 'Configuration', /^/),
];

function rule(phase: FilePhase, when: Condition, task: string, path: RegExp): FileRule {
  return { path, when, phase, task };
}
