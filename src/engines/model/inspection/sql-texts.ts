import type { Report } from './problem.ts';
import type { Node } from './syntax.ts';
import { wordList } from './word-list.ts';

export type SqlTemplate = Node & { type: 'TaggedTemplateExpression' };

/** Functions that compute from what they are given. PostgreSQL has some that run text, or reach files, settings and other servers: these are not among them. */
const functions = wordList(
  `count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg bool_and bool_or every stddev stddev_pop
  stddev_samp variance var_pop var_samp corr mode percentile_cont percentile_disc row_number rank dense_rank percent_rank cume_dist ntile lag lead
  first_value last_value nth_value coalesce nullif greatest least abs ceil ceiling floor round trunc mod div power sqrt cbrt exp ln log sign random
  pi degrees radians sin cos tan asin acos atan atan2 width_bucket lower upper initcap length char_length character_length octet_length trim btrim
  ltrim rtrim lpad rpad left right substring substr position strpos replace translate reverse split_part concat concat_ws starts_with
  regexp_replace regexp_match regexp_like regexp_count overlay ascii chr md5 to_char to_date to_timestamp to_number now age date_part date_trunc
  extract make_date make_time make_timestamp make_timestamptz make_interval justify_days justify_hours justify_interval isfinite current_date
  array_length array_position array_remove array_append array_prepend array_cat array_to_string string_to_array cardinality unnest
  generate_series json_build_object jsonb_build_object json_build_array jsonb_build_array json_array_length jsonb_array_length
  jsonb_array_elements jsonb_array_elements_text to_json to_jsonb row_to_json to_tsvector to_tsquery plainto_tsquery phraseto_tsquery
  websearch_to_tsquery ts_rank ts_rank_cd ts_headline similarity word_similarity num_nonnulls num_nulls cast grouping`,
);
/** Words of the language that may stand before a bracket, and types that take a precision there. */
const beforeBrackets = wordList(
  `and or not in exists any all some over filter within group by as when then else case from where on using between like ilike is distinct select
  values order partition limit offset join lateral with union intersect except array row interval having
  varchar char character numeric decimal timestamp timestamptz time bit`,
);
/** Tables of the system, types that look names up in them, places outside the database, and functions that run text, which are also called as `(x.text).ts_stat`. Looked for in quoted names, too. */
const ofSystem =
  /\b(pg_\w*|information_schema|reg(class|proc|procedure|oper|operator|type|role|namespace|config|dictionary|collation)|dblink\w*|lo_\w+|ts_stat|ts_rewrite|set_config|current_setting|\w*_to_xml\w*)\b/i;
/** What only statements begin with. A query is built by Drizzle; a text within it computes. */
const statement =
  /(^|\()\s*(insert|update|delete|merge|truncate|copy|create|alter|drop|grant|revoke|do|set|reset|load|call|execute|prepare|deallocate|declare|fetch|listen|notify|lock|vacuum|analyze|explain|cluster|reindex|comment|security|import|begin|commit|rollback|savepoint|table)\b/i;
/** Stands where a value goes, in the text of a template. */
const value = '\u0000';

/** What stands before a bracket, and what it is qualified by. */
const call = new RegExp(`([\\w$${value}"]+\\s*\\.\\s*)?("[^"]*"|[\\p{L}_$][\\p{L}\\p{N}_$]*|${value})\\s*\\(`, 'gu');

/** Looks at the SQL of one template: what it says, and that its parts cannot be put together to say something else. */
export function inspectSqlTemplate(node: SqlTemplate, report: Report): void {
  const parts = node.quasi.quasis.map((part) => part.value.cooked ?? '');
  const text = parts.join(value);
  const bare = unquoted(text);
  const forbidden = ofSystem.exec(text)?.[0] ?? statement.exec(bare)?.[2] ?? unknownCall(text);
  if (forbidden !== undefined) {
    const quoted = forbidden.replaceAll(value, '…').slice(0, 60);
    report('syntax', node, `"${quoted}" may not be used in SQL: it only computes from what a query reads.`);
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

/** A function that is called and is not known to be harmless: by its name, by one in quotes, or by one that is only known when the program runs. */
function unknownCall(text: string): string | undefined {
  const plain = text.replace(/'(?:[^']|'')*'/g, ' ');
  for (const [, qualifier, name = ''] of plain.matchAll(call)) {
    const word = name.toLowerCase();
    const isKnown = functions.has(word) || beforeBrackets.has(word);
    if (!isKnown || qualifier !== undefined) return `${qualifier ?? ''}${name}(`;
  }
  return undefined;
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
