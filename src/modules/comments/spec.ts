import type { Labels, ModuleSpec } from '../../core/module-spec.ts';
import { type CommentOptions, commentOptions } from './options.ts';
import { recogniseComments } from './recognise.ts';

export const commentsSpec: ModuleSpec<CommentOptions> = {
  id: 'comments',
  title: 'Comments',
  requires: [],
  options: commentOptions,
  recognise: recogniseComments,
  ability: commentOn,
  promptLine:
    'visitors read, write and delete comments (a name and a text) below records of the entities that it lists; use it for comments, remarks of readers and discussions below something, not where a comment has further fields, answers, votes or an approval. Options: first = "oldest" (as usual) or "newest".',
  whenMissing:
    'Comments stand below records, and what they would be about is not kept as records here. Say what is stored, such as "Posts have a title and a text", and that people comment on it.',
};

function commentOn(entity: Labels | undefined): string {
  if (entity === undefined) return 'Comment';
  const { pluralLabel } = entity;
  return `Comment on ${/^\p{Lu}{2}/u.test(pluralLabel) ? pluralLabel : pluralLabel.charAt(0).toLowerCase() + pluralLabel.slice(1)}`;
}
