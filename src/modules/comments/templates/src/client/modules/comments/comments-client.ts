import type { Comment, CommentInput, CommentSubject } from '../../../shared/modules/comments.ts';
import { request } from '../../api/request.ts';
import type { Page } from '../../api/resource-client.ts';

const base = '/api/comments';

/** How many comments are shown at once. */
export const pageSize = 10;

/** The record that comments are about. */
export interface CommentedRecord {
  about: CommentSubject;
  record: number;
}

// What the API answers is made of the same schemas as the types here, so that it is not parsed a second time.

export async function listComments(of: CommentedRecord, page: number, signal: AbortSignal): Promise<Page<Comment>> {
  const size = { page: String(page), pageSize: String(pageSize) };
  return (await request(`${base}?${search(of, size)}`, { signal })) as Page<Comment>;
}

export async function addComment(of: CommentedRecord, input: CommentInput): Promise<Comment> {
  return (await request(`${base}?${search(of)}`, { method: 'POST', body: input })) as Comment;
}

export async function removeComment(id: number): Promise<void> {
  await request(`${base}/${id}`, { method: 'DELETE' });
}

function search({ about, record }: CommentedRecord, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({ about, record: String(record), ...more }).toString();
}
