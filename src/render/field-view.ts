import type { Field } from '../core/blueprint.ts';
import type { FieldType } from '../core/blueprint-draft.ts';
import { escapes } from '../emit/escape.ts';
import type { FieldView, InputHints } from '../emit/project-view.ts';
import { NameSpace, optionValue, pascal, snake } from './names.ts';

/** Inclusive length limits of what is stored as text. E-mail: RFC 5321; URL: what browsers and proxies agree on. */
const maxLengths: Partial<Record<FieldType, number>> = {
  string: 200,
  text: 20_000,
  email: 254,
  url: 2_000,
  image: 2_000,
  phone: 40,
  color: 7,
};

/** PostgreSQL's `integer`. */
const integerBound = 2_147_483_647;
/** `numeric(14, 2)`. */
const moneyBound = 999_999_999_999.99;

const inputs: Record<FieldType, InputHints> = {
  string: hints('text'),
  text: hints('text', { control: 'textarea' }),
  integer: hints('number', { step: '1', inputMode: 'numeric' }),
  decimal: hints('number', { step: 'any', inputMode: 'decimal' }),
  money: hints('number', { step: '0.01', inputMode: 'decimal' }),
  boolean: hints('checkbox', { control: 'checkbox' }),
  date: hints('date'),
  datetime: hints('datetime-local'),
  time: hints('time'),
  email: hints('email', { inputMode: 'email', autoComplete: 'email' }),
  url: hints('url', { inputMode: 'url', autoComplete: 'url' }),
  phone: hints('tel', { inputMode: 'tel', autoComplete: 'tel' }),
  // An image may be a path on this server, which a browser's `url` input refuses.
  image: hints('text', { inputMode: 'url' }),
  color: hints('color'),
  enum: hints('text', { control: 'select' }),
};

function hints(type: InputHints['type'], rest: Partial<InputHints> = {}): InputHints {
  return { control: 'input', type, step: undefined, inputMode: undefined, autoComplete: undefined, ...rest };
}

/** Describes a field of an entity whose type name is `entityPascal`. */
export function viewField(
  field: Field,
  entity: { readonly titleField: string | undefined; readonly pascal: string; readonly camel: string },
  names: { readonly name: string; readonly column: string },
): FieldView {
  const type = field.type === 'enum' && field.values === undefined ? 'string' : field.type;
  const required = field.required || type === 'boolean';
  const ownType = entity.pascal + pascal(names.name);
  // `PostInput` is the type of a request's body.
  const enumType = ownType === `${entity.pascal}Input` ? `${ownType}Value` : ownType;
  const optionsConst = `${entity.camel + pascal(names.name)}Options`;
  const options = type === 'enum' ? viewOptions(field.values ?? []) : [];
  const { min, max } = bounds(field, type);
  const baseType = type === 'enum' ? enumType : tsBaseType(type);
  const base = {
    blueprintName: field.name,
    name: names.name,
    pascal: pascal(names.name),
    column: names.column,
    label: field.label,
    type,
    required,
    // One true and one false record are all that a unique boolean would allow.
    unique: field.unique && type !== 'boolean',
    isTitle: field.name === entity.titleField,
    options,
    optionsConst,
    enumType,
    min,
    max,
    maxLength: maxLengths[type],
    baseType,
    tsType: required ? baseType : `${baseType} | null`,
    input: inputs[type],
  };
  return {
    ...base,
    zodInput: zodInput(base),
    zodRecord: zodRecord(base),
    drizzle: drizzle(base),
    sqlType: sqlType(type),
  };
}

type Base = Omit<FieldView, 'zodInput' | 'zodRecord' | 'drizzle' | 'sqlType'>;

function viewOptions(labels: readonly string[]): { value: string; label: string }[] {
  const names = new NameSpace();
  return labels.map((label) => ({ value: names.claim(optionValue(label), '-'), label }));
}

function bounds(field: Field, type: FieldType): { min: number | undefined; max: number | undefined } {
  if (type === 'integer') {
    return {
      min: Math.max(Math.ceil(field.min ?? -integerBound), -integerBound),
      max: Math.min(Math.floor(field.max ?? integerBound), integerBound),
    };
  }
  if (type === 'money') {
    return { min: Math.max(field.min ?? 0, -moneyBound), max: Math.min(field.max ?? moneyBound, moneyBound) };
  }
  return type === 'decimal' ? { min: field.min, max: field.max } : { min: undefined, max: undefined };
}

function tsBaseType(type: FieldType): string {
  if (type === 'boolean') return 'boolean';
  return type === 'integer' || type === 'decimal' || type === 'money' ? 'number' : 'string';
}

/** The bounds worth writing down: the column type's own are the helper's defaults. */
function limits(field: Base): string {
  const { type, min, max } = field;
  const parts: string[] = [];
  const isOwn = (bound: number | undefined, own: number) =>
    bound === undefined || (type !== 'decimal' && bound === own);
  if (!isOwn(min, type === 'money' ? 0 : -integerBound)) parts.push(`min: ${min}`);
  if (!isOwn(max, type === 'money' ? moneyBound : integerBound)) parts.push(`max: ${max}`);
  return parts.length > 0 ? `, { ${parts.join(', ')} }` : '';
}

function zodInput(field: Base): string {
  const label = escapes.ts(field.label);
  const expression = zodInputRequired(field, label);
  return field.required ? expression : `optional(${expression})`;
}

function zodInputRequired(field: Base, label: string): string {
  switch (field.type) {
    case 'string':
    case 'text':
      return `text(${label}, { max: ${field.maxLength} })`;
    case 'integer':
      return `integer(${label}${limits(field)})`;
    case 'decimal':
      return `decimal(${label}${limits(field)})`;
    case 'money':
      return `money(${label}${limits(field)})`;
    case 'boolean':
      return `flag(${label})`;
    case 'datetime':
      return `dateTime(${label})`;
    case 'enum':
      return `choice(${label}, ${field.optionsConst})`;
    default:
      return `${field.type}(${label})`;
  }
}

function zodRecord(field: Base): string {
  const expression =
    field.type === 'enum'
      ? `choice(${escapes.ts(field.label)}, ${field.optionsConst})`
      : { string: 'z.string()', number: 'z.number()', boolean: 'z.boolean()' }[tsBaseType(field.type)];
  return field.required ? String(expression) : `${expression}.nullable()`;
}

function drizzle(field: Base): string {
  const column = escapes.ts(field.column);
  const builder = drizzleBuilder(field, column);
  if (field.type === 'boolean') return `${builder}.notNull().default(false)`;
  return builder + (field.required ? '.notNull()' : '') + (field.unique ? '.unique()' : '');
}

function drizzleBuilder(field: Base, column: string): string {
  switch (field.type) {
    case 'integer':
      return `integer(${column})`;
    case 'decimal':
      return `doublePrecision(${column})`;
    case 'money':
      return `numeric(${column}, { precision: 14, scale: 2, mode: 'number' })`;
    case 'boolean':
      return `boolean(${column})`;
    case 'date':
      return `date(${column}, { mode: 'string' })`;
    case 'datetime':
      return `dateTime(${column})`;
    case 'time':
      return `clockTime(${column})`;
    case 'enum':
      return `text(${column}).$type<${field.enumType}>()`;
    default:
      return `text(${column})`;
  }
}

function sqlType(type: FieldType): string {
  switch (type) {
    case 'integer':
    case 'boolean':
    case 'date':
    case 'time':
      return type;
    case 'decimal':
      return 'double precision';
    case 'money':
      return 'numeric(14, 2)';
    case 'datetime':
      return 'timestamp with time zone';
    default:
      return 'text';
  }
}

/** `column` for a field name. */
export function columnName(name: string): string {
  return snake(name);
}
