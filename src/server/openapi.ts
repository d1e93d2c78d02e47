import * as z from 'zod';
import { earlierDesignSchema } from '../core/earlier-design.ts';
import { errorCodes } from '../core/errors.ts';
import { generationResultSchema, streamEventSchema } from '../core/events.ts';
import {
  generationRequestSchema,
  maxDescriptionLength,
  maxNameLength,
  maxRequirementsLength,
} from '../core/request.ts';

export interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
  readonly security?: readonly object[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'header' | 'path';
  readonly required?: boolean;
  readonly description: string;
  readonly schema: object;
}

export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly securitySchemes: object };
}

const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ content: { 'application/json': { schema: schema(name) } } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: schema('Problem') } },
});
const events = (description: string) => ({
  description,
  headers: {
    'X-Run-Id': { description: 'The id of the run.', schema: { type: 'string' } },
    Location: { description: 'Where the stream can be resumed.', schema: { type: 'string' } },
  },
  content: { 'text/event-stream': { schema: { type: 'string' } } },
});

const runId: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of a run, from the header X-Run-Id.',
  schema: { type: 'string' },
};
const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Repeating the request with the same key joins the same run.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};
const resume: Parameter = {
  name: 'Takoss-Resume',
  in: 'header',
  description:
    'With 1 the client says that it can resume: a lost connection does not cancel the run before a time of grace is over.',
  schema: { type: 'string', const: '1' },
};
const lastEventId: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'The id of the last event that arrived. Without it the stream is sent from its beginning.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]+:[0-9]+$' },
};

const refused = {
  401: problem('No key or token, or one that is not valid here.'),
  429: problem('Too many requests or runs. Retry-After says in seconds when to try again.'),
};
const startRefused = {
  400: problem('The request is not valid; `errors` names the field.'),
  ...refused,
  413: problem('The body is larger than 1 MB.'),
  415: problem('The body is not application/json.'),
  422: problem('The Idempotency-Key was used for another request.'),
  503: problem('The disk of the server takes nothing, or the server stops.'),
};
const runRefused = {
  ...refused,
  404: problem('There is no such run, or it belongs to another caller.'),
  410: problem('The run has expired, or what was kept of it is damaged; `code` says which.'),
};
const open = { security: [] };

/** The description of the HTTP API, its schemas made from those that check the requests. */
export function createOpenApi(version: string): OpenApi {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Takoss',
      version,
      description:
        'Turns a name, a description and requirements in plain English into a working full-stack application.',
    },
    security: [{ bearer: [] }, { apiKey: [] }],
    paths: {
      '/api/generate/stream': {
        post: {
          summary: 'Generate an application and watch it being built',
          description:
            'Server-Sent Events: one line `data: {json}` per event, with `id: <runId>:<seq>`. The last is `{"type":"result","data":…}`, or an event of type `error`. Files arrive as `code_chunk`; a piece at offset 0 begins a file anew, and `isDiscarded` gives it up. With a language model, `phase_progress` says in `data` what was found, used and estimated, what became of each feature it writes (`slice`), and notices for people. Clients ignore what they do not know.',
          parameters: [idempotencyKey, resume],
          requestBody: { required: true, ...json('ProjectRequest') },
          responses: { 200: events('The events of the run.'), ...startRefused },
        },
      },
      '/api/generate': {
        post: {
          summary: 'Generate an application and wait for it',
          description: 'The result, with the contents of all files.',
          parameters: [idempotencyKey, resume],
          requestBody: { required: true, ...json('ProjectRequest') },
          responses: {
            200: { description: 'The result.', ...json('GenerationResult') },
            ...startRefused,
            409: problem('The run was cancelled.'),
            429: problem('Too many requests or runs here, or at the service of the language model.'),
            500: problem('The run failed.'),
            502: problem('The service of the language model refused or did not answer; `code` says why.'),
            503: problem(
              'The service of the language model has too much to do, the budget of the run does not allow it, or the disk of the server takes nothing.',
            ),
          },
        },
      },
      '/api/runs/{id}/stream': {
        get: {
          summary: 'Resume a stream',
          description: 'Sends the events after Last-Event-ID again, then those that are still to come.',
          parameters: [runId, lastEventId],
          responses: {
            200: events('The events after the given one.'),
            204: { description: 'The run is finished and the client has all of it.' },
            400: problem('Last-Event-ID is not of this run.'),
            ...runRefused,
          },
        },
      },
      '/api/runs/{id}': {
        get: {
          summary: 'Look at a run',
          description: 'What a surface would show now, and the result once there is one.',
          parameters: [runId],
          responses: { 200: { description: 'The run.', ...json('RunSnapshot') }, ...runRefused },
        },
      },
      '/api/runs/{id}/cancel': {
        post: {
          summary: 'Cancel a run',
          description: 'Does nothing to a run that has ended.',
          parameters: [runId],
          responses: { 200: { description: 'How the run ended.', ...json('RunOutcome') }, ...runRefused },
        },
      },
      '/healthz': { get: { ...open, ...operation('Whether the server lives', 'It does.') } },
      '/readyz': {
        get: {
          ...open,
          summary: 'Whether the server takes requests',
          description:
            'Says no while the server starts or stops, and while its disk takes nothing; `status` says which.',
          responses: {
            200: { description: 'It does.' },
            503: { description: 'It starts or stops, or its disk is full, read-only or failing.' },
          },
        },
      },
      '/metrics': { get: { ...open, ...operation('Numbers for Prometheus', 'Prometheus text format.') } },
      '/openapi.json': { get: { ...open, ...operation('This description', 'OpenAPI 3.1.') } },
    },
    components: {
      schemas: schemas(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A JWT or an API key.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  };
}

function operation(summary: string, answer: string): Operation {
  return { summary, description: '', responses: { 200: { description: answer } } };
}

function schemas(): Record<string, object> {
  const request = toJsonSchema(generationRequestSchema);
  const outcome = { enum: ['succeeded', 'failed', 'cancelled', null] };
  return {
    ProjectRequest: {
      ...request,
      properties: {
        projectName: { type: 'string', minLength: 1, maxLength: maxNameLength },
        description: { type: ['string', 'null'], maxLength: maxDescriptionLength, default: '' },
        requirements: { type: 'string', minLength: 1, maxLength: maxRequirementsLength },
        previous: {
          anyOf: [toJsonSchema(earlierDesignSchema), { type: 'null' }],
          description: 'What an earlier generation of the project settled, from the `blueprint` of its takoss.json.',
        },
      },
    },
    StreamEvent: toJsonSchema(streamEventSchema),
    GenerationResult: toJsonSchema(generationResultSchema),
    RunOutcome: { type: 'object', properties: { runId: { type: 'string' }, outcome } },
    RunSnapshot: {
      type: 'object',
      properties: {
        runId: { type: 'string' },
        outcome,
        lastSeq: { type: 'integer' },
        state: { type: 'object' },
        result: { anyOf: [schema('GenerationResult'), { type: 'null' }] },
      },
    },
    Problem: {
      type: 'object',
      required: ['type', 'title', 'status', 'detail', 'code'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        code: { type: 'string', description: `Of a run that failed, one of: ${errorCodes.join(', ')}.` },
        errors: {
          type: 'array',
          items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
        },
      },
    },
  };
}

function toJsonSchema(value: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(value, { io: 'input', unrepresentable: 'any' });
  return rest;
}
