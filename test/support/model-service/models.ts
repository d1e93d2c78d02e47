/** A model of the service and what it accepts. */
export interface ServedModel {
  readonly id: string;
  readonly name: string;
  readonly maxInputTokens: number;
  /** The most `max_tokens` may be. */
  readonly maxTokens: number;
  /**
   * Whether it decides itself how it thinks and samples: thinking budgets, sampling parameters, a prefilled answer, a forced tool and thinking
   * switched off are refused.
   */
  readonly isAdaptive: boolean;
  /** Prefixes of fewer tokens are not cached, and nothing says so. */
  readonly leastCachedTokens: number;
}

export const servedModels: readonly ServedModel[] = [
  adaptive('claude-sonnet-5-5', 'Claude Sonnet 5.5', 1024),
  adaptive('claude-opus-5-5', 'Claude Opus 5.5', 512),
  adaptive('claude-haiku-5-5', 'Claude Haiku 5.5', 1024),
  {
    id: 'claude-haiku-4-5',
    name: 'Claude Haiku 4.5',
    maxInputTokens: 200_000,
    maxTokens: 64_000,
    isAdaptive: false,
    leastCachedTokens: 4096,
  },
];

function adaptive(id: string, name: string, leastCachedTokens: number): ServedModel {
  return { id, name, maxInputTokens: 1_000_000, maxTokens: 128_000, isAdaptive: true, leastCachedTokens };
}

/** As `GET /v1/models` lists it. */
export function modelInfo({ id, name, maxInputTokens, maxTokens }: ServedModel): object {
  return {
    type: 'model',
    id,
    display_name: name,
    created_at: '2026-01-01T00:00:00Z',
    deprecated_at: null,
    retires_at: null,
    lifecycle: 'active',
    line: id.split('-')[1],
    max_input_tokens: maxInputTokens,
    max_tokens: maxTokens,
    capabilities: null,
  };
}
