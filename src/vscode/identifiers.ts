/**
 * The names that code and package.json share. A test compares the two, and {@link commandIds} types the table of handlers,
 * so that a command without a handler does not compile.
 */

export const commandIds = {
  generateProject: 'takoss.generateProject',
  generateFromDocument: 'takoss.generateFromDocument',
  cancelGeneration: 'takoss.cancelGeneration',
  showProgress: 'takoss.showProgress',
  clearProgress: 'takoss.clearProgress',
  retryGeneration: 'takoss.retryGeneration',
  undoGeneration: 'takoss.undoGeneration',
  runProject: 'takoss.runProject',
  openReadme: 'takoss.openReadme',
  openGeneratedFile: 'takoss.openGeneratedFile',
  showLog: 'takoss.showLog',
  signIn: 'takoss.signIn',
  signOut: 'takoss.signOut',
  testConnection: 'takoss.testConnection',
  setApiKey: 'takoss.setClaudeApiKey',
  clearApiKey: 'takoss.clearClaudeApiKey',
  chooseModel: 'takoss.chooseModel',
} as const;
export type CommandName = keyof typeof commandIds;

/** Context keys that `enablement` and `when` clauses read. */
export const contextKeys = { running: 'takoss.running' } as const;

export const trackerViewType = 'takoss.tracker';
export const taskType = 'takoss';
/** Documents that show what a generation wants to write, beside what is there. */
export const generatedScheme = 'takoss-generated';
