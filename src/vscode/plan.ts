import * as vscode from 'vscode';
import * as z from 'zod';
import { type ProjectRequest, projectRequestSchema } from '../core/request.ts';

/** What was asked for and where it goes. */
export interface RunPlan {
  readonly request: ProjectRequest;
  readonly folder: vscode.Uri;
}

const planSchema = z.object({ request: projectRequestSchema, folder: z.string() });

/** Reads a plan that an earlier session left, or nothing of what makes no sense any more. */
export function parseStoredPlan(stored: unknown): RunPlan | undefined {
  const { data } = planSchema.safeParse(stored);
  return data && { request: data.request, folder: vscode.Uri.parse(data.folder) };
}
