import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  type CommentSubject,
  commentInputSchema,
  commentOrders,
  commentSchema,
  commentSubjects,
  usualOrder,
} from '../../../shared/modules/comments.ts';
import type { Database } from '../../db/client.ts';
import { listQuery } from '../../http/list-query.ts';
import { jsonAnswer, jsonBody, moduleRoutes, problemAnswer } from '../../http/module-routes.ts';
import { Problem } from '../../http/problem.ts';
import { commentStore } from './store.ts';
import { subjects } from './subjects.ts';

const error = 'record must be the id of a record.';
const subjectShape = {
  about: z.enum(commentSubjects, { error: `about must be one of ${commentSubjects.join(', ')}.` }),
  record: z.coerce.number({ error }).int({ error }).min(1, { error }).max(2_147_483_647, { error }),
};

const listSchema = listQuery({ sort: ['createdAt'], filters: subjectShape })
  .omit({ q: true, sort: true })
  .extend({
    sort: z.enum(commentOrders, { error: `sort must be one of ${commentOrders.join(', ')}.` }).default(usualOrder),
  });

const tags = ['Comments'];
const noRecord = problemAnswer('There is no such record.');
const invalid = problemAnswer('A field or parameter is not valid; `errors` names it.');

const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'List the comments on a record',
  request: { query: listSchema },
  responses: {
    200: jsonAnswer(
      'One page of the comments.',
      z.object({ items: z.array(commentSchema), page: z.int(), pageSize: z.int(), total: z.int() }),
    ),
    400: invalid,
    404: noRecord,
  },
});

const add = createRoute({
  method: 'post',
  path: '/',
  tags,
  summary: 'Comment on a record',
  request: { query: z.strictObject(subjectShape), body: jsonBody(commentInputSchema) },
  responses: { 201: jsonAnswer('The comment.', commentSchema), 400: invalid, 404: noRecord },
});

const remove = createRoute({
  method: 'delete',
  path: '/{id}',
  tags,
  summary: 'Delete a comment',
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: 'The comment is gone.' }, 404: problemAnswer('There is no such comment.') },
});

/** The comments on records: list, add and delete. */
export function commentRoutes(db: Database): OpenAPIHono {
  const store = commentStore(db);
  const routes = moduleRoutes();

  routes.openapi(list, async (c) => {
    const { about, record, page, pageSize, sort } = c.req.valid('query');
    await demandRecord(about, record);
    return c.json(await store.list({ about, record, page, pageSize, newestFirst: sort === '-createdAt' }), 200);
  });

  routes.openapi(add, async (c) => {
    const { about, record } = c.req.valid('query');
    const input = c.req.valid('json');
    await demandRecord(about, record);
    return c.json(await store.add(about, record, input), 201);
  });

  routes.openapi(remove, async (c) => {
    const id = Number(c.req.valid('param').id);
    const isId = Number.isInteger(id) && id >= 1 && id <= 2_147_483_647;
    if (!isId || !(await store.remove(id))) throw new Problem(404, 'There is no such comment.');
    return c.body(null, 204);
  });

  async function demandRecord(about: CommentSubject, record: number): Promise<void> {
    if (await store.hasRecord(about, record)) return;
    throw new Problem(404, `There is no ${subjects[about].noun} with the id ${record}.`);
  }

  return routes;
}
