import pluralize from 'pluralize';

/** Spelling of names: singular and plural, PascalCase, camelCase, kebab-case and what a person reads. */

/** What `pluralize` gets wrong, singular to plural. */
const irregular: Readonly<Record<string, string>> = {
  sms: 'sms messages',
  canvas: 'canvases',
  lens: 'lenses',
  leaf: 'leaves',
  leave: 'leaves',
  feedback: 'feedback entries',
  quiz: 'quizzes',
  bonus: 'bonuses',
  status: 'statuses',
  campus: 'campuses',
  virus: 'viruses',
  gas: 'gases',
  bus: 'buses',
  curriculum: 'curricula',
  criterion: 'criteria',
  movie: 'movies',
  cookie: 'cookies',
  menu: 'menus',
  staff: 'staff members',
  series: 'series items',
  person: 'people',
};

const irregularPlural: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(irregular).map(([one, many]) => [many, one])),
  leaves: 'leave',
  data: 'data',
  news: 'news',
  analysis: 'analysis',
  analytics: 'analytics',
  statistics: 'statistics',
  series: 'series',
  sms: 'sms',
  canvas: 'canvas',
  lens: 'lens',
  status: 'status',
  gas: 'gas',
  bus: 'bus',
  campus: 'campus',
  bonus: 'bonus',
  address: 'address',
  access: 'access',
  process: 'process',
  business: 'business',
  class: 'class',
  glass: 'glass',
  expenses: 'expense',
  media: 'media',
  feedback: 'feedback',
  staff: 'staff',
  diagnoses: 'diagnosis',
  this: 'this',
  its: 'its',
};

/** Own keys only: texts contain words such as "constructor". */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The singular of a lower-case word. */
export function singular(word: string): string {
  const known = lookup(irregularPlural, word);
  if (known !== undefined) return known;
  if (lookup(irregular, word) !== undefined || word.length < 3) return word;
  if (/[^a-z-]/.test(word) || word.endsWith('ss') || word.endsWith('ics') || word.endsWith('is')) return word;
  return pluralize.singular(word);
}

/** The plural of lower-case words, of which the last one changes. */
export function plural(words: readonly string[]): string[] {
  const last = words.at(-1) ?? '';
  const many = lookup(irregular, last) ?? (/[^a-z-]/.test(last) ? `${last}s` : pluralize.plural(last));
  return [...words.slice(0, -1), ...many.split(' ')];
}

/** The words of an identifier or phrase, lower case and without accents: `unitPrice`, `unit_price` and `Unit price` alike. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const maxName = 40;

/** As many of the words as fit a name. One that is too long alone is cut. */
function fitting(words: readonly string[]): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const word of words) {
    if (kept.length > 0 && length + word.length > maxName) break;
    kept.push(word.slice(0, maxName));
    length += word.length;
  }
  return kept;
}

export function pascalCase(words: readonly string[]): string {
  return fitting(words)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

export function camelCase(words: readonly string[]): string {
  const name = pascalCase(words);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function kebabCase(words: readonly string[]): string {
  return fitting(words).join('-');
}

/** Words that are written in capitals, or otherwise than their letters say. */
const spelled: Readonly<Record<string, string>> = {
  url: 'URL',
  id: 'ID',
  isbn: 'ISBN',
  sku: 'SKU',
  vat: 'VAT',
  gps: 'GPS',
  api: 'API',
  faq: 'FAQ',
  faqs: 'FAQs',
  pdf: 'PDF',
  sms: 'SMS',
  vin: 'VIN',
  iban: 'IBAN',
  dj: 'DJ',
  tv: 'TV',
  cv: 'CV',
  crm: 'CRM',
  email: 'e-mail',
};

/** What a person reads, in sentence case: `Unit price`, `Reply-to e-mail`. */
export function sentenceCase(words: readonly string[]): string {
  const text = words.map((word) => lookup(spelled, word) ?? word).join(' ');
  return (text.charAt(0).toUpperCase() + text.slice(1)).slice(0, 120);
}
