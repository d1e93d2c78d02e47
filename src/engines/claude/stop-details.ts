import type { RefusalStopDetails } from '@anthropic-ai/sdk/resources/messages';
import { ModelRefusal } from '../../core/model-port.ts';
import { ClaudeApiFailure } from './failures.ts';

/** The categories of the API in plain words. */
const areas: Readonly<Record<NonNullable<RefusalStopDetails['category']>, string>> = {
  cyber: 'cyber security',
  bio: 'biology',
  frontier_llm: 'development of AI models',
  reasoning_extraction: 'its own reasoning',
  general_harms: 'harmful content',
};
const areaOf: ReadonlyMap<string, string> = new Map(Object.entries(areas));

/** What a `stop_reason` of `refusal` says. */
export function refusalOf(
  details: { category?: string | null | undefined; explanation?: string | null | undefined } | null | undefined,
): ModelRefusal {
  const said = details?.category ?? '';
  const area = areaOf.get(said) ?? (/^[\w-]{1,40}$/.test(said) ? said.replaceAll('_', ' ') : undefined);
  const why = area === undefined ? '' : ` (policy area: ${area})`;
  return new ModelRefusal(
    `Claude declined to answer this${why}. Word the requirements differently, or choose another model.`,
    area,
    new ClaudeApiFailure(`Refusal: ${details?.explanation ?? 'no explanation'}`),
  );
}
