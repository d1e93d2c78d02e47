/**
 * What the service refuses in a schema that an answer must follow: it is compiled into a grammar, which cannot count, compare or recur.
 * Rules and limits are those of the service's documentation of structured outputs.
 */

/** Optional properties over all schemas of a request. */
const mostOptional = 24;
/**
 * Bytes of all schemas of a request together, descriptions included: the service does not say how large a grammar may become. Schemas of 3,582 bytes were taken
 * and those of 3,656 refused by Sonnet 5 and Fable 5.
 */
const mostBytes = 3582;
/** Properties of several types over all schemas of a request. */
const mostUnions = 16;

const keywords = new Set([
  '$schema',
  '$defs',
  'definitions',
  '$ref',
  'type',
  'enum',
  'const',
  'anyOf',
  'allOf',
  'description',
  'title',
  'default',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'format',
  'pattern',
]);

const formats = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid']);

type Schema = Readonly<Record<string, unknown>>;

/** What is wrong with the schemas of a request, in a sentence as the service words it; undefined if nothing is. */
export function outputSchemaProblem(schemas: readonly Schema[]): string | undefined {
  let optional = 0;
  let unions = 0;
  for (const root of schemas) {
    const problem = problemOf(root, root, [], (node) => {
      const properties = record(node.properties);
      const required = Array.isArray(node.required) ? node.required : [];
      optional += Object.keys(properties).filter((name) => !required.includes(name)).length;
      unions += Object.values(properties).filter((value) => isUnion(record(value))).length;
    });
    if (problem !== undefined) return problem;
  }
  if (optional > mostOptional)
    return `Schemas contains too many optional parameters (${optional}), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: ${mostOptional}).`;
  if (unions > mostUnions)
    return `Schemas contains too many parameters with union types (${unions} parameters with type arrays or anyOf). This would make grammar compilation inefficient (limit: ${mostUnions}).`;
  if (schemas.reduce((sum, schema) => sum + Buffer.byteLength(JSON.stringify(schema)), 0) > mostBytes)
    return 'The compiled grammar is too large, which would cause performance issues. Simplify your tool schemas or reduce the number of strict tools.';
  return undefined;
}

function isUnion(schema: Schema): boolean {
  return Array.isArray(schema.anyOf) || Array.isArray(schema.type);
}

/** `references` are those that are being followed: one of them again is a recursion. */
function problemOf(
  schema: Schema,
  root: Schema,
  references: readonly string[],
  count: (node: Schema) => void,
): string | undefined {
  const type = String(schema.type ?? 'any');
  const unknown = Object.keys(schema).filter((keyword) => !keywords.has(keyword));
  if (unknown.length > 0) {
    const which = unknown.length === 1 ? `property '${unknown[0]}' is` : `properties ${unknown.join(', ')} are`;
    return `output_config.format.schema: For '${type}' type, ${which} not supported`;
  }
  const reference = schema.$ref;
  if (typeof reference === 'string') {
    if (!reference.startsWith('#')) return `output_config.format.schema: External $ref '${reference}' is not supported`;
    if (references.includes(reference))
      return `output_config.format.schema: Circular reference detected in schema definitions: ${reference}`;
    const target = resolve(root, reference);
    if (target === undefined) return `output_config.format.schema: $ref '${reference}' does not resolve`;
    return problemOf(target, root, [...references, reference], count);
  }
  count(schema);
  const own = ownProblem(schema, type);
  if (own !== undefined) return own;
  for (const child of children(schema)) {
    const problem = problemOf(child, root, references, count);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function ownProblem(schema: Schema, type: string): string | undefined {
  if (type === 'object' && schema.additionalProperties !== false)
    return "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false";
  const { minItems, format, pattern } = schema;
  if (minItems !== undefined && minItems !== 0 && minItems !== 1)
    return "output_config.format.schema: For 'array' type, 'minItems' values other than 0 or 1 are not supported";
  if (typeof format === 'string' && !formats.has(format))
    return `output_config.format.schema: For 'string' type, format '${format}' is not supported`;
  if (typeof pattern === 'string' && /\(\?[=!<]|\\[bB1-9]/.test(pattern))
    return "output_config.format.schema: For 'string' type, 'pattern' has lookaround, a backreference or a word boundary, which are not supported";
  const values = schema.enum;
  if (Array.isArray(values) && values.some((value) => value !== null && typeof value === 'object'))
    return 'output_config.format.schema: Enum values must be strings, numbers, booleans or null';
  const isTyped = ['type', 'anyOf', 'allOf', 'enum', 'const'].some((keyword) => schema[keyword] !== undefined);
  if (!isTyped) return 'output_config.format.schema: Schema type is missing';
  return undefined;
}

function children(schema: Schema): Schema[] {
  const lists = ['anyOf', 'allOf'].flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list : [];
  });
  const items = schema.items === undefined ? [] : [schema.items];
  return [...Object.values(record(schema.properties)), ...items, ...lists].map(record);
}

function resolve(root: Schema, reference: string): Schema | undefined {
  let node: unknown = root;
  for (const part of reference.split('/').slice(1)) node = record(node)[part];
  return node === undefined ? undefined : record(node);
}

function record(value: unknown): Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
}
