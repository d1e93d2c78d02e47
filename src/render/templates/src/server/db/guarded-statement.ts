/** What a guarded statement begins with. `select`, because `with` may be followed by any of the others. */
const kinds = /^(select|insert|update|delete|with)$/;
/**
 * Names that records have no use for: catalogues of the server and their functions (`pg_authid`, `pg_read_file`), Drizzle's own list of migrations,
 * and functions that run a text as SQL, reach files or other servers, or change settings. PostgreSQL calls a function also without
 * parentheses, as in `(x.text).ts_stat`, so that a name counts wherever it stands.
 */
const refused =
  /^(pg_.*|information_schema|__drizzle_.*|set_config|ts_stat|ts_rewrite|lo_(im|ex)port|(query|cursor|table|schema|database)_to_xml.*|dblink.*)$/;

/** The beginning of a string with escapes; strings; names; words; parameters; comments; then, any character. */
const parts = /[eu]&?['"]|'(?:[^']|'')*'|"(?:[^"]|"")*"|[a-z_\u0080-\uffff][\w$\u0080-\uffff]*|\$\d+|--|\/\*|[\s\S]/gi;
/** What hides the end of a string, a name or the statement. Drizzle writes none of it. */
const unreadable = /^([eu]&?['"]|['"$;\\]|--|\/\*)$/i;

/**
 * Throws unless a text is one statement that reads or changes records. A module writes the expressions of its statements
 * itself, and what it may do shall not depend on what its author was careful about.
 */
export function assertGuardedStatement(text: string): void {
  const words: string[] = [];
  for (const [part] of text.replace(/;\s*$/, '').matchAll(parts)) {
    if (unreadable.test(part)) refuse(`it contains ${part}, which may hide what follows`);
    if (!/^["a-z_\u0080-\uffff]/i.test(part)) continue;
    const name = part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase();
    if (refused.test(name)) refuse(`it names ${name}`);
    if (part.toLowerCase() === 'into' && words.at(-1) !== 'insert') refuse('it makes a table with "select into"');
    words.push(part.toLowerCase());
  }
  if (!kinds.test(words[0] ?? '')) refuse('it is no select, insert, update or delete');
}

function refuse(reason: string): never {
  throw new Error(
    `A statement of a module was refused, because ${reason}. Modules read and change records with the builders of Drizzle.`,
  );
}

/** Whether a text is what Drizzle begins, ends and nests transactions with. */
export function isTransactionStatement(text: string): boolean {
  return /^(commit|rollback|(release |rollback to )?savepoint sp\d+|(begin|set transaction)( (isolation level|read|repeatable|committed|uncommitted|serializable|write|only|not|deferrable))* ?)$/.test(
    text,
  );
}

/** Whether a text is what Drizzle nests a transaction within another with. */
export function isSavepointStatement(text: string): boolean {
  return /^(release |rollback to )?savepoint sp\d+$/.test(text);
}
