import * as z from 'zod';
import { type Blueprint, blueprintSchema } from './blueprint.ts';
import { type BlueprintDraft, blueprintDraftSchema } from './blueprint-draft.ts';
import { referenceFault } from './blueprint-faults.ts';
import { TakossError } from './errors.ts';
import type { FieldTypeSet } from './field-type-set.ts';
import { checkDraft, describeIssue } from './finish-blueprint.ts';
import { type ProjectRequest, projectRequestSchema } from './request.ts';

/** The file in which a generated project keeps what was asked for and how it was understood. */
export const projectFileName = 'takoss.json';

const newestVersion = 2;

const projectFileSchema = z.discriminatedUnion('version', [
  /** What projects had before blueprints had ids and phrases. */
  z.object({ version: z.literal(1), request: projectRequestSchema, blueprint: blueprintDraftSchema }),
  z.object({ version: z.literal(newestVersion), request: projectRequestSchema, blueprint: blueprintSchema }),
]);

export interface ProjectFile {
  readonly request: ProjectRequest;
  readonly blueprint: Blueprint;
}

/** Reads the text of a {@link projectFileName} of any version. Throws `invalid-request`, with a sentence that says what to do about it. */
export function readProjectFile(text: string, types: FieldTypeSet): ProjectFile {
  const value = parseJson(text);
  const version = versionOf(value);
  if (version !== undefined && version > newestVersion) {
    throw invalid(
      `${projectFileName} was made by a newer Takoss (version ${version} of the file; this one reads up to ${newestVersion}). Update Takoss.`,
    );
  }
  const parsed = projectFileSchema.safeParse(value);
  if (!parsed.success) throw damaged(describeIssue(parsed.error.issues[0]), parsed.error);
  const { data } = parsed;
  if (data.version === 1) return { request: data.request, blueprint: lift(data.blueprint, types) };
  const fault = referenceFault(data.blueprint, types);
  if (fault !== undefined) throw damaged(fault);
  return { request: data.request, blueprint: data.blueprint };
}

function parseJson(text: string): unknown {
  try {
    // Editors on Windows may put a byte order mark first.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw damaged('it is not JSON', cause);
  }
}

function versionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  return typeof value.version === 'number' ? value.version : undefined;
}

function lift(draft: BlueprintDraft, types: FieldTypeSet): Blueprint {
  const { blueprint, fault } = checkDraft(draft, types);
  if (blueprint === undefined) throw damaged(fault);
  return blueprint;
}

function damaged(what: string, cause?: unknown): TakossError {
  return invalid(
    `${projectFileName} cannot be read (${what}). Take it from an earlier commit or a backup, or generate the project again.`,
    cause,
  );
}

function invalid(message: string, cause?: unknown): TakossError {
  return new TakossError('invalid-request', message, { cause, field: projectFileName });
}
