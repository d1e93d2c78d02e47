/**
 * Bytes of a token. The tokenizer of the newest models makes about 30 % more tokens of a text than those before it (about 4 bytes each), and
 * code has more tokens than prose.
 */
const bytesPerToken = 3;

/** What the service adds of its own to a request with tools, in tokens. */
export const toolPromptTokens = 290;

/** Tokens of a text, as this service counts and charges them. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/** The bytes of so many tokens. */
export function bytesOf(tokens: number): number {
  return tokens * bytesPerToken;
}
