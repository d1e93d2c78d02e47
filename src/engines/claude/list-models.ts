import { Models } from '@anthropic-ai/sdk/resources/models';
import * as z from 'zod';
import { throwIfCancelled } from '../../core/errors.ts';
import type { ModelChoice } from '../contract.ts';
import { type Connection, createClient } from './exchange.ts';
import { claudeModels } from './models.ts';
import { type ClaudeConnectionOptions, connectionOf } from './options.ts';

const modelSchema = z.object({
  id: z.string().regex(/^[\w.:/-]{1,100}$/),
  display_name: z.string().max(100),
  lifecycle: z.string().optional().catch(undefined),
});

/** A pick list can wait no longer, in ms. */
const listWithinMs = 10_000;
const pageSize = 100;

/**
 * The models that an API key may use, the recommended ones first. Falls back to the recommended ones where the service cannot be asked: a key
 * that is refused is for the run to report. Throws `cancelled` only.
 */
export async function listClaudeModels(
  options: ClaudeConnectionOptions,
  { signal }: { signal: AbortSignal },
): Promise<readonly ModelChoice[]> {
  throwIfCancelled(signal);
  try {
    const listed = await ask(connectionOf(options), AbortSignal.any([signal, AbortSignal.timeout(listWithinMs)]));
    return listed.length === 0 ? claudeModels : sort(listed);
  } catch {
    throwIfCancelled(signal);
    return claudeModels;
  }
}

async function ask(connection: Connection, signal: AbortSignal): Promise<readonly ModelChoice[]> {
  const page = await new Models(createClient(connection, connection.fetch)).list({ limit: pageSize }, { signal });
  return page.data.flatMap((entry: unknown) => {
    const { data } = modelSchema.safeParse(entry);
    if (data === undefined || data.lifecycle === 'retired') return [];
    const description = claudeModels.find(({ id }) => id === data.id)?.description ?? data.id;
    return [{ id: data.id, label: data.display_name, description }];
  });
}

function sort(listed: readonly ModelChoice[]): readonly ModelChoice[] {
  const rank = ({ id }: ModelChoice): number => {
    const index = claudeModels.findIndex((model) => model.id === id);
    return index < 0 ? claudeModels.length : index;
  };
  return listed.toSorted((a, b) => rank(a) - rank(b));
}
