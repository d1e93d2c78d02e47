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
  return { ...statement, tokens, clauses: clausesOf(tokens) };
}
