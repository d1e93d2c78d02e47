import * as vscode from 'vscode';
import { ModelProject } from '../../support/model-service/model-project.ts';
import { factsOf } from './prompt.ts';

/**
 * An extension that brings a language model to VS Code, as others do. It answers for the blog of the fixtures what a good model answers, and
 * tests can make it answer otherwise.
 */

export const vendor = 'takoss-test';

/** What a model answers: pieces of text, until the token is cancelled. */
export type Script = (prompt: string, token: vscode.CancellationToken) => AsyncIterable<string>;

/** What the extension lets tests do. */
export interface LanguageModel {
  /** The prompts so far, oldest first. */
  readonly prompts: string[];
  /** How it answers; by default as a good model does. */
  script: Script;
  readonly good: Script;
}

const models = ['Test Model Large', 'Test Model Small'].map(
  (name, index): vscode.LanguageModelChatInformation => ({
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    family: 'test',
    version: '1',
    maxInputTokens: index === 0 ? 120_000 : 60_000,
    maxOutputTokens: 16_000,
    capabilities: {},
  }),
);

export async function activate(context: vscode.ExtensionContext): Promise<LanguageModel> {
  const project = await ModelProject.read('blog');
  const pace = Number(process.env.TAKOSS_LANGUAGE_MODEL_PACE ?? 0);
  const good: Script = async function* (prompt, token) {
    for (const piece of answerTo(prompt, project).match(/[\s\S]{1,24}/g) ?? []) {
      if (token.isCancellationRequested) return;
      if (pace > 0) await new Promise((resolve) => setTimeout(resolve, pace));
      yield piece;
    }
  };
  const control: LanguageModel = { prompts: [], script: good, good };
  const provider: vscode.LanguageModelChatProvider = {
    provideLanguageModelChatInformation: () => models,
    provideLanguageModelChatResponse: async (_model, messages, _options, progress, token) => {
      const prompt = messages.map(textOf).join('\n');
      control.prompts.push(prompt);
      for await (const piece of control.script(prompt, token)) progress.report(new vscode.LanguageModelTextPart(piece));
    },
    provideTokenCount: async (_model, text) => Math.ceil((typeof text === 'string' ? text : textOf(text)).length / 4),
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider(vendor, provider));
  return control;
}

function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

/** Files where marker lines are asked for, else the analysis as JSON. */
function answerTo(prompt: string, project: ModelProject): string {
  const { marker, slug = '' } = factsOf(prompt);
  if (marker === undefined) return `\`\`\`json\n${JSON.stringify(project.analysis, undefined, 2)}\n\`\`\``;
  const files = project.slices.get(slug) ?? [];
  return files.map(({ path, content }) => `<<<file ${marker} ${path}>>>\n${content}<<<end ${marker}>>>\n`).join('');
}
