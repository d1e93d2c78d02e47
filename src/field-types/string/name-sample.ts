import type { FieldFacts } from '../../emit/project-view.ts';
import type { SamplePlace } from '../contract.ts';
import { isPerson } from '../sample-people.ts';
import {
  categories,
  cities,
  companies,
  countries,
  distinct,
  firstNames,
  jobs,
  lastNames,
  ordinals,
  personName,
  pick,
  slug,
  streets,
  tags,
} from '../sample-words.ts';

const isCompany =
  /(company|organi[sz]ation|vendor|supplier|brand|business|account|partner|employer|shop|store|publisher|manufacturer)$/i;

/** The text of a sample: what its name and the name of its entity say. */
export function nameSample(field: FieldFacts, { entity, index }: SamplePlace, maxLength: number): string {
  const text = nameValue(field, entity, index) ?? `${field.label} ${index + 1}`;
  // The title names records in lists, so no two are the same even where nothing forbids it.
  return (field.unique || field.isTitle) && !isDistinct(field)
    ? `${text} ${index + 1}`.slice(0, maxLength)
    : text.slice(0, maxLength);
}

/** Whether {@link nameValue} gives a different text for every index. */
function isDistinct(field: FieldFacts): boolean {
  return !/language|currency/i.test(field.name);
}

function nameValue(
  field: FieldFacts,
  entity: { readonly name: string; readonly labelLower: string },
  index: number,
): string | undefined {
  const name = field.name;
  if (/first_?name|given/i.test(name)) return distinct(firstNames, index);
  if (/last_?name|surname|family/i.test(name)) return distinct(lastNames, index);
  if (/(user|nick|screen)name|handle$|login/i.test(name)) return distinct(firstNames, index).toLowerCase();
  if (/company|organi[sz]ation|employer|supplier|vendor|brand|publisher/i.test(name)) return distinct(companies, index);
  if (/city|town|location|venue|place/i.test(name)) return distinct(cities, index);
  if (/country|nationality/i.test(name)) return distinct(countries, index);
  if (/address|street/i.test(name)) return `${12 + index * 7} ${pick(streets, index)}`;
  if (/postal|postcode|zip/i.test(name)) return String(10_100 + index * 111);
  if (/isbn/i.test(name)) return `978-1-4028-${String(9400 + index)}-6`;
  if (/sku|code|number|reference|serial/i.test(name)) return `${entity.name.slice(0, 3).toUpperCase()}-${1001 + index}`;
  if (/slug/i.test(name)) return slug(`${entity.labelLower} ${index + 1}`);
  if (/job|position|occupation|role/i.test(name)) return distinct(jobs, index);
  if (/language/i.test(name)) return pick(['English', 'French', 'Japanese', 'Swahili'], index);
  if (/currency/i.test(name)) return pick(['EUR', 'USD', 'JPY', 'KES'], index);
  if (isPerson.test(name) || (isPerson.test(entity.name) && /^(full)?_?name$/i.test(name))) return personName(index);
  if (isCompany.test(entity.name) && /^name$|title/i.test(name)) return distinct(companies, index);
  if (/categor|topic|genre|section|department/i.test(entity.name) && field.isTitle) return distinct(categories, index);
  if (/^(tag|label|keyword)$/i.test(entity.name) && field.isTitle) return distinct(tags, index);
  if (/city/i.test(entity.name) && field.isTitle) return distinct(cities, index);
  if (/country/i.test(entity.name) && field.isTitle) return distinct(countries, index);
  if (field.isTitle || /^(name|title|subject|heading|headline)$/i.test(name))
    return `${distinct(ordinals, index)} ${entity.labelLower}`;
  return undefined;
}
