import type { Import } from '../../core/code.ts';
import type { FieldFacts } from '../../emit/project-view.ts';
import { columnCode, helperCall, kindCall } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'choice', sorts: true, isSearched: false },
  column: (field) => {
    const { code, imports } = columnCode('text', field.column);
    return {
      code: { code: `${code}.$type<${field.enumType}>()`, imports: [...imports, ...own(field, field.enumType, true)] },
      sqlType: 'text',
    };
  },
  input: checked,
  record: checked,
  client: (field) =>
    kindCall('choiceField', 'choice', [`options: ${field.optionsConst}`], own(field, field.optionsConst)),
  sample: ({ options }, { index }) => options[index % options.length]?.value ?? null,
  sampleCount: ({ options }) => options.length,
  wrong: () => "'nonsense'",
  templates,
} satisfies FieldTypeBuild;

function checked(field: FieldFacts) {
  const { code, imports } = helperCall('choice', 'choice', field, field.optionsConst);
  return { code, imports: [...imports, ...own(field, field.optionsConst)] };
}

/** What the module of the entity has of the field. */
function own({ optionsModule }: FieldFacts, name: string, isType = false): Import[] {
  return optionsModule === undefined ? [] : [{ name, from: optionsModule, ...(isType && { isType }) }];
}
