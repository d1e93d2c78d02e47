import type { EntityView, FieldView } from '../emit/project-view.ts';
import { isYetToCome, momentValue } from './seed-moments.ts';
import { numberValue } from './seed-numbers.ts';

/** Sample values that repeat: the same field and index give the same value, whatever the day. */

const firstNames = ['Amara', 'Ben', 'Chloe', 'Daniel', 'Elif', 'Farah', 'Gustav', 'Hana', 'Ivan', 'Julia'];
const lastNames = ['Okafor', 'Lindgren', 'Moreau', 'Kim', 'Demir', 'Haddad', 'Berg', 'Sato', 'Petrov', 'Santos'];
const companies = [
  'Harbour Works',
  'Bluebird Studio',
  'Oak Street Partners',
  'Lumen Labs',
  'Copper Kettle',
  'Tidewater Supply',
  'Greenfield Foods',
  'Arcadia Print',
  'Summit Outdoor',
  'Paper Lantern',
];
const cities = ['Lisbon', 'Nairobi', 'Osaka', 'Toronto', 'Lyon', 'Gothenburg', 'Porto Alegre', 'Cork', 'Izmir', 'Pune'];
const countries = ['Portugal', 'Kenya', 'Japan', 'Canada', 'France', 'Sweden', 'Brazil', 'Ireland', 'Türkiye', 'India'];
const streets = [
  'Mill Lane',
  'Harbour Road',
  'Station Street',
  'Garden Row',
  'King Street',
  'River Walk',
  'Hill View',
  'Market Square',
  'Elm Avenue',
  'Bridge End',
];
const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];
const categories = [
  'General',
  'Ideas',
  'Guides',
  'News',
  'Events',
  'Resources',
  'Community',
  'Updates',
  'Stories',
  'Archive',
];
const tags = [
  'important',
  'beginner',
  'how-to',
  'favourite',
  'new',
  'long-read',
  'seasonal',
  'local',
  'weekly',
  'review',
];
const colours = [
  '#2563eb',
  '#16a34a',
  '#dc2626',
  '#9333ea',
  '#ea580c',
  '#0d9488',
  '#ca8a04',
  '#db2777',
  '#475569',
  '#4f46e5',
];
const jobs = [
  'Designer',
  'Engineer',
  'Account manager',
  'Editor',
  'Analyst',
  'Coordinator',
  'Technician',
  'Consultant',
  'Researcher',
  'Buyer',
];
const sentences = [
  'It was added so that there is something to look at from the first minute.',
  'Change it, search for it, or delete it when you have your own.',
  'Lists, filters and sorting all work on it as they will on real records.',
  'It is written into the database once, when the database is empty.',
  'Run the seed script again after a reset to get the same one back.',
];

const isPerson =
  /(person|people|customer|client|user|author|contact|student|teacher|employee|member|patient|doctor|lead|owner|guest|staff|manager|instructor|agent|candidate|applicant|volunteer|donor|driver|player|subscriber|participant|attendee|artist|speaker|writer|reader|buyer|seller|tenant|landlord|tutor|trainer|nurse|freelancer|mentor|coach)s?$/i;
const isCompany =
  /(company|organi[sz]ation|vendor|supplier|brand|business|account|partner|employer|shop|store|publisher|manufacturer)$/i;
/** Flags that most records have. */
const isUsual = /^has|active|available|enabled|stock|publish|public|verified|visible/i;

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

/** A value that is different for every index: the list's own while it lasts, then numbered. */
function distinct(list: readonly string[], index: number): string {
  const round = Math.floor(index / list.length);
  return pick(list, index) + (round === 0 ? '' : ` ${round + 1}`);
}

function personName(index: number): string {
  return `${distinct(firstNames, index)} ${pick(lastNames, index + Math.floor(index / lastNames.length))}`;
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** The value of `field` in the sample record with this index, which counts from 0. */
export function seedValue(
  field: FieldView,
  entity: Pick<EntityView, 'name' | 'labelLower' | 'fields'>,
  index: number,
): string | number | boolean | null {
  // Every fourth optional value is left out, so that screens are seen with gaps; a title never is. Not all of a record.
  const isGap = isYetToCome(field, entity.fields, index) ?? (index + field.name.length) % 4 === 3;
  if (isGap && !field.required && !field.isTitle) return null;
  switch (field.type) {
    case 'string':
      return stringValue(field, entity, index);
    case 'text':
      return `This is a sample ${entity.labelLower}. ${pick(sentences, index)}${field.unique ? ` (${index + 1})` : ''}`;
    case 'integer':
    case 'decimal':
    case 'money':
      return numberValue(field, isPerson.test(entity.name), index);
    case 'boolean':
      return ((index + field.name.length) % 3 === 0) !== isUsual.test(field.name);
    case 'date':
    case 'datetime':
    case 'time':
      return momentValue(field, entity.fields, index);
    case 'email':
      return `${personName(index)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '.')}@example.com`;
    case 'url':
      return `https://example.com/${slug(entity.labelLower)}/${index + 1}`;
    case 'phone':
      return `+1 555 01${String(index).padStart(2, '0')}`;
    case 'image':
      return `/images/sample-${(index % 4) + 1}.svg${field.unique ? `?${index + 1}` : ''}`;
    case 'color':
      return field.unique && index >= colours.length
        ? `#${(index * 7919).toString(16).padStart(6, '0').slice(-6)}`
        : pick(colours, index);
    case 'enum':
      return field.options[index % field.options.length]?.value ?? null;
  }
}

function stringValue(
  field: FieldView,
  entity: { readonly name: string; readonly labelLower: string },
  index: number,
): string {
  const text = nameValue(field, entity, index) ?? `${field.label} ${index + 1}`;
  // The title names records in lists, so no two are the same even where nothing forbids it.
  return (field.unique || field.isTitle) && !isDistinct(field)
    ? `${text} ${index + 1}`.slice(0, field.maxLength)
    : text.slice(0, field.maxLength);
}

/** Whether {@link nameValue} gives a different text for every index. */
function isDistinct(field: FieldView): boolean {
  return !/language|currency/i.test(field.name);
}

function nameValue(
  field: FieldView,
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
