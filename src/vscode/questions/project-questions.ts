import type * as vscode from 'vscode';
import { checkDescription, checkProjectName, parseRequest } from '../../core/request.ts';
import type { AnswerStore } from '../answer-store.ts';
import type { RunPlan } from '../plan.ts';
import { askInOrder, askText, type Question } from './multi-step.ts';
import { askRequirements } from './requirements-question.ts';
import { askTarget } from './target-question.ts';

const title = 'Takoss: Generate Project';

/**
 * Asks everything a run needs, in four steps; three when the requirements are there already. Returns undefined when the user leaves; what was
 * answered is there the next time.
 */
export async function askForPlan(
  store: AnswerStore,
  given: { requirements?: string } = {},
): Promise<RunPlan | undefined> {
  let folder: vscode.Uri | undefined;
  let { requirements } = given;
  const askName: Question = (position) =>
    askText(position, {
      value: store.answers.projectName,
      prompt: 'The name of the project',
      placeholder: 'Blog Platform',
      check: checkProjectName,
      onChange: (projectName) => void store.update({ projectName }),
    });
  const askDescription: Question = (position) =>
    askText(position, {
      value: store.answers.description,
      prompt: 'What is it, in a sentence? You can leave this empty',
      placeholder: 'A place where a small team publishes what it learns',
      check: checkDescription,
      onChange: (description) => void store.update({ description }),
    });
  const askForRequirements: Question = async (position) => {
    const answer = await askRequirements(position, store);
    if (answer.kind === 'next') requirements = answer.value;
    return answer;
  };
  const askFolder: Question = async (position) => {
    const answer = await askTarget(position, store.answers.projectName);
    if (answer.kind === 'next') folder = answer.value;
    return answer;
  };
  const questions =
    given.requirements === undefined
      ? [askName, askDescription, askForRequirements, askFolder]
      : [askName, askDescription, askFolder];
  // Someone who went to an editor to write the requirements has answered what comes before.
  const isReturning = store.answers.isWriting && given.requirements !== undefined;
  const first = isReturning && checkProjectName(store.answers.projectName) === undefined ? questions.length - 1 : 0;
  const isAnswered = await askInOrder(title, questions, first);
  if (!isAnswered || folder === undefined || requirements === undefined) return undefined;
  const { projectName, description } = store.answers;
  return { request: parseRequest({ projectName, description, requirements }), folder };
}

/** Asks for another folder for a project that is described already. */
export async function askForFolder(projectName: string): Promise<vscode.Uri | undefined> {
  let folder: vscode.Uri | undefined;
  await askInOrder(title, [
    async (position) => {
      const answer = await askTarget(position, projectName);
      if (answer.kind === 'next') folder = answer.value;
      return answer;
    },
  ]);
  return folder;
}
