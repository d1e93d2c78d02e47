import type { OutputConfig } from '@anthropic-ai/sdk/resources/messages';

/** How much a model may think and write: `output_config.effort` of the API. */
export type ClaudeEffort = NonNullable<OutputConfig['effort']>;
