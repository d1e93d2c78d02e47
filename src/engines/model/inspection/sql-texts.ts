import type { Report } from './problem.ts';
import type { Node } from './syntax.ts';

export type SqlTemplate = Node & { type: 'TaggedTemplateExpression' };

/** Functions and tables of PostgreSQL that reach files, other servers, settings or passwords, or that run text. Looked for in quoted texts, too. */
const outOfDatabase =
  /\b(pg_(read|write|ls|stat|file|logdir|execute|current_logfile|sleep|terminate|cancel|reload|rotate|promote|switch|create|drop|authid|shadow|user_mapping|hba)\w*|lo_(import|export|get|put|creat|create|open|read|write|unlink|from_bytea)|dblink\w*|(database|query|table|schema|cursor)_to_xml\w*|xpath_table|set_config|current_setting)\b/i;
/** Statements that no query of a feature needs. Words in quotes do not count. */
const statements =
  /\b(copy\b.*\b(program|from|to|stdin|stdout)\b|(create|alter|drop)\s+(or\s+replace\s+)?(access|aggregate|cast|database|event|extension|foreign|function|group|language|operator|policy|procedure|publication|role|routine|rule|schema|server|subscription|system|table|tablespace|trigger|user|view|materialized)\b|(grant|revoke|truncate)\s+\w|do\s*(\$|language\b))|^\s*(do|set|load|call)\b/is;
/** Stands where a value goes, in the text of a template. */
const value = '\u0000';

/** Looks at the SQL of one template: what it says, and that its parts cannot be put together to say something else. */
export function inspectSqlTemplate(node: SqlTemplate, report: Report): void {
  const parts = node.quasi.quasis.map((part) => part.value.cooked ?? '');
  const text = parts.join(value);
  const bare = unquoted(text);
  const forbidden = outOfDatabase.exec(text)?.[0] ?? statements.exec(bare)?.[0];
  if (forbidden !== undefined) {
    const quoted = forbidden.replaceAll(value, '…').slice(0, 60);
    report('syntax', node, `"${quoted}" may not be used in SQL: features only read and write records.`);
    return;
  }
  const quotes = text.match(/'(?:[^']|'')*'|"[^"]*"/g) ?? [];
  if (/['"]/.test(bare) || quotes.some((quote) => quote.includes(value))) {
    report('syntax', node, 'Values in sql`…` may not stand in quotes, and every quote must be closed.');
  } else if (/\b[eu]&?['"]/i.test(text) || /\$\w*\$/.test(bare)) {
    report('syntax', node, "SQL may only have plain quotes: 'text'.");
  } else if (/;|--|\/\*/.test(bare)) {
    report('syntax', node, 'sql`…` may only hold one statement, and no comments.');
  } else if (parts.some((part, index) => isGlued(part, index, parts.length))) {
    // `${a}${b}` makes one word of two that are harmless.
    report('syntax', node, 'Values in sql`…` must stand apart from words and from each other. Put a space between.');
  }
}

/** Whether it is a query that is told by its first word. */
export function isQuery(node: SqlTemplate): boolean {
  return /^\s*(select|insert|update|delete|with|values)\b/i.test(node.quasi.quasis[0]?.value.cooked ?? '');
}

function unquoted(text: string): string {
  return text.replace(/'(?:[^']|'')*'|"[^"]*"/g, ' ');
}

function isGlued(part: string, index: number, count: number): boolean {
  const isAfterValue = index > 0;
  const isBeforeValue = index < count - 1;
  if (isAfterValue && isBeforeValue && part === '') return true;
  return (isAfterValue && /^[\w$]/.test(part)) || (isBeforeValue && /[\w$]$/.test(part));
}
