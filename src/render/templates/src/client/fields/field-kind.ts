import type { ReactNode } from 'react';

/** A value as the API has it. Where there is none, the API has null. */
export type FieldContent = string | number | boolean;

/** What a control holds: its text, or whether it is checked. */
export type ControlValue = string | boolean;

/** What a control is given. */
export interface ControlInput {
  name: string;
  label: string;
  required: boolean;
  value: ControlValue;
  problem: string | undefined;
  onChange: (value: ControlValue) => void;
}

/** A value with what a person reads for it. */
export interface Option {
  value: string;
  label: string;
}

/** How fields of one kind are entered and shown. Each kind is a file in this folder: change it, and all its fields change. */
export interface FieldKind {
  /** The row of a form, with label, hint and what is wrong. */
  control: (input: ControlInput) => ReactNode;
  /** A value as a person reads it. `brief`: one line, as a cell of a table. */
  display: (value: FieldContent, brief: boolean) => ReactNode;
  /** What the control holds for a value; null where there is none. */
  toInput: (value: FieldContent | null) => ControlValue;
  /** What the API is sent for what the control holds. What cannot be read stays as it is, for validation to refuse. */
  fromInput: (value: ControlValue) => unknown;
  /** On which side its column of a table stands; `none` where it is too long for a table. */
  column: 'left' | 'right' | 'none';
  /** Whether the screen of a record shows it over the full width. */
  wide?: boolean;
  /** Whether its values are addresses of pictures. */
  isPicture?: boolean;
  /** Whether its control always has a value, so that it can never be missing. */
  isNeverEmpty?: boolean;
  /** What a list offers to filter by. */
  choices?: readonly Option[];
}
