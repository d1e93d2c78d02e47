import { type ReactNode, useId } from 'react';

/** What ties a control to its label, its hint and its error message. */
export interface ControlProps {
  id: string;
  required: boolean;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
  'data-control': string;
}

interface FormRowProps {
  /** The name of the field or relation. */
  name: string;
  label: string;
  required: boolean;
  hint?: string | undefined;
  problem: string | undefined;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control with what may be wrong with it. */
export function FormRow({ name, label, required, hint, problem, children }: FormRowProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium text-sm">
        {label}
        <RequiredMark required={required} />
      </label>
      {children({
        id,
        required,
        'aria-invalid': problem !== undefined,
        'aria-describedby': described || undefined,
        'data-control': name,
      })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-muted text-sm">
          {hint}
        </p>
      )}
      <ProblemText id={`${id}-problem`} problem={problem} />
    </div>
  );
}

/** Says which fields may stay empty, or, to the eye only, which may not: controls say so themselves. */
export function RequiredMark({ required }: { required: boolean }) {
  return required ? (
    <span aria-hidden="true" className="ml-0.5 text-danger">
      *
    </span>
  ) : (
    <span className="ml-1.5 font-normal text-muted">(optional)</span>
  );
}

export function ProblemText({ id, problem }: { id: string; problem: string | undefined }) {
  if (problem === undefined) return null;
  return (
    <p id={id} className="mt-1.5 font-medium text-danger text-sm">
      {problem}
    </p>
  );
}
