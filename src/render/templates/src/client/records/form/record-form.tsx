import { type FormEvent, Fragment, type ReactNode, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ApiProblem, messageOf } from '../../api/problem.ts';
import type { BaseRecord } from '../../api/resource-client.ts';
import { inSentence } from '../../format/words.ts';
import { recordPath } from '../../resources/record.ts';
import type { Resource } from '../../resources/resource.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';
import { controlValue, type FormValue, type FormValues, linksIn, toBody } from './form-values.ts';
import { RelationControl } from './relation-control.tsx';
import { byField, check, type Problems } from './validation.ts';

interface RecordFormProps {
  resource: Resource;
  /** The record that is changed; undefined for a new one. */
  record: BaseRecord | undefined;
  initial: FormValues;
  /** What else there is below the fields. */
  children?: ReactNode;
}

/**
 * A control for each field and relation. What a person entered is checked by the same schema as on the server and stays
 * when it is refused, here or there; the first control at fault gets the focus.
 */
export function RecordForm({ resource, record, initial, children }: RecordFormProps) {
  const { entity, fields, relations, client, inputSchema } = resource;
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const announce = useAnnounce();
  const origin = originOf(useLocation().state);
  const name = inSentence(entity.label);
  const goal = origin ?? (record ? recordPath(entity, record.id) : entity.paths.list);

  const set = (key: string, value: FormValue): void => {
    const next = { ...values, [key]: value };
    setValues(next);
    // A problem that was shown goes as soon as it is mended; others wait until the form is sent again.
    if (problems[key] !== undefined) {
      const checked = check(inputSchema, toBody(resource, next));
      const { [key]: _mended, ...others } = problems;
      const still = checked.ok ? undefined : checked.problems[key];
      setProblems(still === undefined ? others : { ...others, [key]: still });
    }
  };

  const refuse = (found: Problems, message: string): void => {
    setProblems(found);
    setFailure(message);
    const first = [...fields.map((field) => field.name), ...relations.map(({ key }) => key)].find((key) => found[key]);
    const control =
      first === undefined ? undefined : form.current?.querySelector<HTMLElement>(`[data-control="${first}"]`);
    control?.focus();
  };

  const save = async (): Promise<void> => {
    const checked = check(inputSchema, toBody(resource, values));
    if (!checked.ok) {
      refuse(checked.problems, 'Please check the marked fields.');
      return;
    }
    setSaving(true);
    setProblems({});
    setFailure(undefined);
    try {
      const saved = record ? await client.update(record.id, checked.input) : await client.create(checked.input);
      announce(`${entity.label} ${record ? 'saved' : 'created'}`);
      await navigate(origin ?? recordPath(entity, saved.id), { replace: true });
    } catch (error) {
      setSaving(false);
      refuse(error instanceof ApiProblem ? byField(error.fields) : {}, messageOf(error));
    }
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isSaving) void save();
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      className="rounded-2xl border border-line bg-surface p-6 shadow-soft sm:p-8"
    >
      {failure && (
        <div role="alert" className="mb-6 flex gap-3 rounded-xl bg-danger-tint p-4 text-danger">
          <Icon name="alert" />
          <p className="font-medium">{failure}</p>
        </div>
      )}
      <div className="space-y-6">
        {fields.map(({ name: key, label, required, kind }) => (
          <Fragment key={key}>
            {kind.control({
              name: key,
              label,
              required,
              value: controlValue(values[key]),
              problem: problems[key],
              onChange: (value) => set(key, value),
            })}
          </Fragment>
        ))}
        {relations.map((relation) => (
          <RelationControl
            key={relation.key}
            relation={relation}
            chosen={linksIn(values[relation.key])}
            problem={problems[relation.key]}
            onChange={(links) => set(relation.key, links)}
          />
        ))}
        {children}
      </div>
      <div className="mt-8 flex flex-wrap gap-3 border-line border-t pt-6">
        <Button type="submit" look="primary" disabled={isSaving}>
          {isSaving ? 'Saving…' : record ? 'Save changes' : `Create ${name}`}
        </Button>
        <ButtonLink to={goal}>Cancel</ButtonLink>
      </div>
    </form>
  );
}

/** Where the person came from and shall return to, if the link to this form says so. */
function originOf(state: unknown): string | undefined {
  const returnTo: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, 'returnTo') : undefined;
  return typeof returnTo === 'string' ? returnTo : undefined;
}
