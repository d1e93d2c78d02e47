import { useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../../api/problem.ts';
import type { BaseRecord } from '../../api/resource-client.ts';
import { inSentence } from '../../format/words.ts';
import { titleOf } from '../../resources/record.ts';
import type { Resource } from '../../resources/resource.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';

/** Deletes a record after asking, and goes back to the list. A refusal of the server is shown in the dialog. */
export function DeleteButton({ record, resource: { entity, client } }: { record: BaseRecord; resource: Resource }) {
  const [state, setState] = useState<'closed' | 'asking' | 'deleting'>('closed');
  const [failure, setFailure] = useState<string>();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const name = inSentence(entity.label);

  const remove = async (): Promise<void> => {
    setState('deleting');
    setFailure(undefined);
    try {
      await client.remove(record.id);
    } catch (error) {
      setFailure(messageOf(error));
      setState('asking');
      return;
    }
    announce(`${entity.label} deleted`);
    await navigate(entity.paths.list, { replace: true });
  };

  return (
    <>
      <Button icon="trash" onClick={() => setState('asking')}>
        Delete
      </Button>
      {state !== 'closed' && (
        <ConfirmDialog
          title={`Delete this ${name}?`}
          action={state === 'deleting' ? 'Deleting…' : 'Delete'}
          busy={state === 'deleting'}
          onConfirm={() => void remove()}
          onCancel={() => {
            setFailure(undefined);
            setState('closed');
          }}
        >
          <p>
            <strong className="text-ink">{titleOf(record, entity)}</strong> will be gone for good. This cannot be
            undone.
          </p>
          {failure && (
            <p role="alert" className="mt-3 rounded-lg bg-danger-tint p-3 text-danger text-sm">
              {failure}
            </p>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
