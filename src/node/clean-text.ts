import { stripVTControlCharacters } from 'node:util';

/**
 * A text as it may stand in a terminal, in a request to a model and in a result: without control sequences of terminals, and without characters that nobody
 * sees or that turn the direction of what follows.
 */
export function cleanText(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      // Controls, formats (of direction, of zero width, tags) and halves of characters.
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
  );
}
