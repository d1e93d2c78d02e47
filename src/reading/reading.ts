import { type Clause, clausesOf } from './clauses.ts';
import type { Statement } from './sentences.ts';
import type { Tagger } from './tagger.ts';
import type { Token } from './tokens.ts';

/** A statement with its words and its grammar. */
export interface ReadStatement extends Statement {
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
}

export function readStatement(statement: Statement, tagger: Tagger): ReadStatement {
  if (statement.kind === 'code') return { ...statement, tokens: [], clauses: [] };
  const text = statement.kind === 'row' ? statement.body.replaceAll('|', ' ; ') : statement.body;
  const tokens = tagger(text);
  return { ...statement, tokens, clauses: clausesOf(withoutBenefit(tokens)) };
}

/** "As a reader, I want to search posts so that I can find a trail again": what the wish is good for asks for nothing. */
function withoutBenefit(tokens: readonly Token[]): readonly Token[] {
  if (tokens[0]?.lower !== 'as' || tokens[1]?.pos !== 'det') return tokens;
  const so = tokens.findIndex(
    ({ lower }, index) => lower === 'so' && /^(?:that|i|we|they)$/.test(tokens[index + 1]?.lower ?? ''),
  );
  return so > 4 ? tokens.slice(0, so) : tokens;
}
