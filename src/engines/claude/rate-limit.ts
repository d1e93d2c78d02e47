/** What a request that streams writes in a minute, in tokens, at the speed of the fastest models. */
const outputTokensPerMinute = 6000;

/**
 * How many requests may run at once, by the `anthropic-ratelimit-*` headers of an answer; undefined where there are none. It is this request and as
 * many more like it as what is left of the minute has room for: of requests; of input tokens, where what comes from the cache does not count, so
 * that each takes what this one read outside of it; and of output tokens, which are counted as they are written.
 */
export function parallelLimit(headers: Headers, inputTokens: number): number | undefined {
  const room = [
    remaining(headers, 'requests', 1),
    remaining(headers, 'input-tokens', Math.max(1, inputTokens)),
    remaining(headers, 'output-tokens', outputTokensPerMinute),
  ].filter((count) => count !== undefined);
  return room.length === 0 ? undefined : 1 + Math.min(...room);
}

function remaining(headers: Headers, what: string, each: number): number | undefined {
  const text = headers.get(`anthropic-ratelimit-${what}-remaining`)?.trim();
  return text !== undefined && /^\d{1,15}$/.test(text) ? Math.floor(Number(text) / each) : undefined;
}
