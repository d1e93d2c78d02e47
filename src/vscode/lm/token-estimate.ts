/**
 * Tokens of a text without asking anybody. Tokenizers make one of about four characters of English and of three of code, and one or more of
 * each character of other scripts: this is never far too low, and often a fifth too high.
 */
export function estimateTokens(text: string): number {
  // By code unit and not by a regular expression: prompts are long, and this is called for each of their parts.
  let plain = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) < 0x80) plain += 1;
  return Math.ceil(plain / 3.2) + (text.length - plain);
}
