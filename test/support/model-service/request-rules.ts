import type { IncomingHttpHeaders } from 'node:http';
import type * as z from 'zod';
import { type ApiError, invalidRequest } from './api-error.ts';
import { type ServedModel, servedModels } from './models.ts';
import { outputSchemaProblem } from './output-schema-rules.ts';
import { countRequestSchema, type MessagesRequest, requestSchema } from './request-schema.ts';

/** The largest body of a request, in bytes. */
export const mostBodyBytes = 32 * 1024 * 1024;

/** The versions of the interface: the first one, and the current one, which dropped sampling parameters. */
const versions = ['2023-06-01', '2026-10-21'];

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError };

export interface GoodRequest {
  readonly body: MessagesRequest;
  readonly model: ServedModel;
}

/** What is wrong with who asks and how; undefined if nothing is. */
export function headerError(headers: IncomingHttpHeaders, key: string): ApiError | undefined {
  // The SDK sends the key as a bearer token; the service takes either.
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  const given = headers['x-api-key'] ?? bearer;
  if (given === undefined)
    return { status: 401, type: 'authentication_error', message: 'x-api-key header is required' };
  if (given !== key) return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
  const version = headers['anthropic-version'];
  if (version === undefined) return invalidRequest('anthropic-version: header is required');
  if (!versions.some((known) => known === version))
    return invalidRequest(`anthropic-version: "${String(version)}" is not a valid version`);
  return undefined;
}

/** A body of `POST /v1/messages` that the real service would accept. */
export function checkRequest(raw: string, version: unknown): Checked<GoodRequest> {
  const parsed = parse(raw, requestSchema);
  if (!parsed.ok) return parsed;
  const body = parsed.value;
  const model = servedModels.find(({ id }) => id === body.model);
  if (model === undefined) return failed(unknownModel(body.model));
  const problem =
    tokenProblem(body, model) ??
    messageProblem(body) ??
    cacheProblem(body) ??
    toolProblem(body) ??
    formatProblem(body) ??
    (model.isAdaptive || version !== versions[0] ? samplingProblem(body) : undefined) ??
    (model.isAdaptive ? adaptiveProblem(body) : thinkingProblem(body));
  return problem === undefined ? { ok: true, value: { body, model } } : failed(invalidRequest(problem));
}

/** A body of `POST /v1/messages/count_tokens`. */
export function checkCountRequest(raw: string): Checked<GoodRequest> {
  const parsed = parse(raw, countRequestSchema);
  if (!parsed.ok) return parsed;
  const model = servedModels.find(({ id }) => id === parsed.value.model);
  if (model === undefined) return failed(unknownModel(parsed.value.model));
  return { ok: true, value: { body: { ...parsed.value, max_tokens: 1 }, model } };
}

export function unknownModel(id: string): ApiError {
  return { status: 404, type: 'not_found_error', message: `model: ${id}` };
}

function parse<T>(raw: string, schema: z.ZodType<T>): Checked<T> {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return failed(invalidRequest('The request body is not valid JSON.'));
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return failed(invalidRequest(issue === undefined ? 'invalid request' : describeIssue(issue)));
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return `${[...issue.path, issue.keys[0]].join('.')}: Extra inputs are not permitted`;
  if (issue.code === 'invalid_type' && issue.input === undefined) return `${place}: Field required`;
  const inner = issue.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : undefined;
  if (inner !== undefined) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] });
  if (place === 'messages') return 'messages: at least one message is required';
  return `${place}: ${issue.message}`;
}

function failed(error: ApiError): { ok: false; error: ApiError } {
  return { ok: false, error };
}

function tokenProblem({ max_tokens }: MessagesRequest, model: ServedModel): string | undefined {
  if (max_tokens < 1) return 'max_tokens: Input should be greater than or equal to 1';
  if (max_tokens > model.maxTokens)
    return `max_tokens: ${max_tokens} > ${model.maxTokens}, which is the maximum allowed number of output tokens for ${model.id}`;
  return undefined;
}

function messageProblem({ messages, system }: MessagesRequest): string | undefined {
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  for (const [index, { content, role }] of messages.entries()) {
    const isLastOfAssistant = role === 'assistant' && index === messages.length - 1;
    if (content.length === 0 && !isLastOfAssistant)
      return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
    if (typeof content === 'string') continue;
    if (content.some((block) => block.type === 'text' && block.text.trim() === ''))
      return 'messages: text content blocks must be non-empty';
  }
  if (typeof system !== 'string' && system?.some(({ text }) => text.trim() === ''))
    return 'system: text content blocks must be non-empty';
  return resultProblem(messages);
}

/** Every tool call is answered by the next message, and nothing else is. */
function resultProblem(messages: MessagesRequest['messages']): string | undefined {
  let open: readonly string[] = [];
  for (const [index, { content, role }] of messages.entries()) {
    const blocks = typeof content === 'string' ? [] : content;
    const results = blocks.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []));
    const stray = results.find((id) => !open.includes(id));
    if (stray !== undefined)
      return `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}`;
    const missing = open.filter((id) => !results.includes(id));
    if (missing.length > 0)
      return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}`;
    open = role === 'assistant' ? blocks.flatMap((block) => (block.type === 'tool_use' ? [block.id] : [])) : [];
  }
  return undefined;
}

function cacheProblem({ tools = [], system, messages, cache_control }: MessagesRequest): string | undefined {
  const systemBlocks = typeof system === 'string' || system === undefined ? [] : system;
  const messageBlocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const blocks = [...tools, ...systemBlocks, ...messageBlocks];
  const marks = [
    ...blocks.flatMap((block) => ('cache_control' in block && block.cache_control ? [block.cache_control] : [])),
    ...(cache_control ? [cache_control] : []),
  ];
  if (marks.length > 4) return `A maximum of 4 blocks with cache_control may be provided. Found ${marks.length}.`;
  const lifetimes = marks.map(({ ttl = '5m' }) => ttl);
  if (lifetimes.includes('1h') && lifetimes.lastIndexOf('1h') > lifetimes.indexOf('5m') && lifetimes.includes('5m'))
    return "cache_control: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block";
  return undefined;
}

function toolProblem({ tools = [], tool_choice }: MessagesRequest): string | undefined {
  const names = tools.map(({ name }) => name);
  if (new Set(names).size !== names.length) return 'tools: Tool names must be unique.';
  if (tools.length === 0 && tool_choice !== undefined)
    return 'tool_choice: may only be specified while providing tools';
  if (tool_choice?.type === 'tool' && !names.includes(tool_choice.name))
    return `Tool '${tool_choice.name}' not found in provided tools`;
  return undefined;
}

function formatProblem({ tools = [], output_config }: MessagesRequest): string | undefined {
  const strict = tools.filter((tool) => tool.strict === true).map((tool) => tool.input_schema);
  if (strict.length > 20) return `tools: too many strict tools (${strict.length}, limit: 20)`;
  const format = output_config?.format;
  return outputSchemaProblem(format ? [format.schema, ...strict] : strict);
}

function samplingProblem(body: MessagesRequest): string | undefined {
  const name = (['temperature', 'top_p', 'top_k'] as const).find((parameter) => body[parameter] !== undefined);
  return name === undefined ? undefined : `${name}: sampling parameters are not supported`;
}

/** What models that decide these things themselves refuse. */
function adaptiveProblem({ model, thinking, tool_choice, messages }: MessagesRequest): string | undefined {
  if (thinking?.type === 'enabled')
    return `thinking.type: "enabled" is not supported by ${model}; use "adaptive" and output_config.effort`;
  if (thinking?.type === 'disabled') return `thinking.type: "disabled" is not supported by ${model}`;
  if (tool_choice?.type === 'any' || tool_choice?.type === 'tool')
    return `tool_choice.type: "${tool_choice.type}" is not supported by ${model}; tool use cannot be forced`;
  if (messages.at(-1)?.role === 'assistant')
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  return undefined;
}

function thinkingProblem({ thinking, max_tokens, temperature, tool_choice }: MessagesRequest): string | undefined {
  if (thinking?.type === 'adaptive' || thinking?.type === 'between_tools')
    return `thinking.type: "${thinking.type}" is not supported by this model`;
  if (thinking?.type !== 'enabled') return undefined;
  if (thinking.budget_tokens >= max_tokens) return '`max_tokens` must be greater than `thinking.budget_tokens`';
  if (temperature !== undefined && temperature !== 1)
    return '`temperature` may only be set to 1 when thinking is enabled';
  if (tool_choice?.type === 'any' || tool_choice?.type === 'tool')
    return 'Thinking may not be enabled when tool_choice forces tool use.';
  return undefined;
}
