import type { GeneratedProject } from '../generated-project.ts';
import { requireNoRun, requireTrust } from '../guards.ts';
import { commandIds } from '../identifiers.ts';
import { Refusal, remedy } from '../problems.ts';
import { askForFolder } from '../questions/project-questions.ts';
import type { Services } from '../services.ts';
import { resumePlan, runPlan } from './run-plan.ts';

/** *Takoss: Retry Last Generation*: goes on with a run that could not be reached after a reload; otherwise the same request again, into the same folder or one that is asked for. */
export async function retryGeneration(services: Services, argument?: unknown): Promise<GeneratedProject | undefined> {
  requireTrust('Generating a project');
  requireNoRun(services.runs);
  const plan = await services.runs.lastPlan();
  if (plan === undefined) {
    throw new Refusal('There is nothing to retry: Takoss has not generated anything in this workspace yet.', [
      remedy('Generate Project', commandIds.generateProject),
    ]);
  }
  if (services.runs.canResume) {
    services.tracker.show({ preserveFocus: true });
    return await resumePlan(services);
  }
  if (!wantsOtherFolder(argument)) return await runPlan(services, plan);
  const folder = await askForFolder(plan.request.projectName);
  return folder && (await runPlan(services, { ...plan, folder }));
}

function wantsOtherFolder(argument: unknown): boolean {
  return (
    typeof argument === 'object' && argument !== null && 'chooseFolder' in argument && argument.chooseFolder === true
  );
}
