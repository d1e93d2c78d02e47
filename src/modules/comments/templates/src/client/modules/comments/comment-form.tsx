import '../../resources/without-eval.ts';
import { type FormEvent, useRef, useState } from 'react';
import { commentInputSchema, longestAuthor, longestComment } from '../../../shared/modules/comments.ts';
import { ApiProblem, messageOf } from '../../api/problem.ts';
import { FormRow } from '../../records/form/form-row.tsx';
import { byField, check, type Problems } from '../../records/form/validation.ts';
import { Button } from '../../ui/button.tsx';
import { rememberAuthor, rememberedAuthor } from './author-name.ts';
import { addComment, type CommentedRecord } from './comments-client.ts';

interface CommentFormProps {
  of: CommentedRecord;
  /** Called when the comment is stored. */
  onAdded: () => void;
}

/** Writes a comment. What was written stays when it is refused, here or by the server; the first control at fault gets the focus. */
export function CommentForm({ of, onAdded }: CommentFormProps) {
  const [author, setAuthor] = useState(rememberedAuthor);
  const [body, setBody] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string>();
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const refuse = (found: Problems, message: string | undefined): void => {
    setProblems(found);
    setFailure(message);
    const first = ['body', 'author'].find((name) => found[name] !== undefined);
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[data-control="${first}"]`)?.focus();
  };

  const send = async (): Promise<void> => {
    const checked = check(commentInputSchema, { author, body });
    if (!checked.ok) {
      refuse(checked.problems, undefined);
      return;
    }
    setSending(true);
    refuse({}, undefined);
    try {
      await addComment(of, checked.input);
    } catch (error) {
      refuse(error instanceof ApiProblem ? byField(error.fields) : {}, messageOf(error));
      return;
    } finally {
      setSending(false);
    }
    rememberAuthor(checked.input.author);
    setBody('');
    onAdded();
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isSending) void send();
  };

  return (
    <form ref={form} noValidate onSubmit={submit} aria-label="Write a comment" className="mt-6 max-w-2xl space-y-4">
      {failure && (
        <p role="alert" className="rounded-xl bg-danger-tint p-4 font-medium text-danger text-sm">
          {failure}
        </p>
      )}
      <FormRow name="body" label="Your comment" required problem={problems.body}>
        {(control) => (
          <textarea
            {...control}
            className="field"
            rows={3}
            maxLength={longestComment}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        )}
      </FormRow>
      <div className="sm:max-w-80">
        <FormRow name="author" label="Your name" required problem={problems.author}>
          {(control) => (
            <input
              {...control}
              className="field"
              autoComplete="name"
              maxLength={longestAuthor}
              value={author}
              onChange={(event) => setAuthor(event.target.value)}
            />
          )}
        </FormRow>
      </div>
      <Button type="submit" look="primary" disabled={isSending}>
        {isSending ? 'Adding…' : 'Add comment'}
      </Button>
    </form>
  );
}
