import type { RenderedFile } from '../../../core/rendered-project.ts';
import { signaturesOf } from './signatures.ts';

/** How a file of the project is shown: as it is, or only what it offers. */
type Form = 'whole' | 'signatures';

/** What slices build on, the most useful first: where there is not room for everything, the end is left out. */
const selection: readonly { readonly path: RegExp; readonly form: Form }[] = [
  { path: /^src\/server\/db\/schema\.ts$/, form: 'whole' },
  { path: /^src\/server\/http\/(feature-routes|problem|list-query)\.ts$/, form: 'signatures' },
  { path: /^src\/server\/db\/feature-database\.ts$/, form: 'signatures' },
  { path: /^src\/shared\/fields\//, form: 'signatures' },
  { path: /^src\/client\/api\/(request|problem|resource-client)\.ts$/, form: 'signatures' },
  { path: /^src\/client\/hooks\//, form: 'signatures' },
  { path: /^src\/client\/ui\/(?!breadcrumbs)/, form: 'signatures' },
  { path: /^src\/client\/app\/(entity-ref\.ts|page-link\.tsx|outside-link\.tsx)$/, form: 'signatures' },
  { path: /^src\/client\/records\/(record-select\.tsx|form\/(form-row\.tsx|validation\.ts))$/, form: 'signatures' },
  { path: /^src\/client\/resources\/record\.ts$/, form: 'signatures' },
  { path: /^src\/client\/format\/(dates|today)\.ts$/, form: 'signatures' },
  { path: /^tests\/client\/support\/(fake-answers|render-routes)\.tsx?$/, form: 'signatures' },
  { path: /^tests\/server\/support\/api\.ts$/, form: 'signatures' },
  { path: /^src\/shared\/[^/]+\.ts$/, form: 'whole' },
  { path: /^src\/client\/records\/picture\.tsx$/, form: 'signatures' },
  { path: /^src\/server\/db\/query\.ts$/, form: 'signatures' },
  { path: /^src\/client\/format\/words\.ts$/, form: 'signatures' },
];

/** The samples of an entity are shown up to this many characters. */
const samplesShown = 1000;

/** The parts of the project that slices build on, as far as `room` takes them: it answers whether a text still fits, and then counts it. */
export function quoteProject(files: readonly RenderedFile[], room: (text: string) => boolean): string {
  const parts: string[] = [];
  const add = (text: string): boolean => {
    const fits = room(text);
    if (fits) parts.push(text);
    return fits;
  };
  const colours = coloursOf(files);
  if (colours !== '') add(`Colours of the theme, for classes such as bg-…, text-…, border-… and fill-…: ${colours}\n`);
  const lists = listsOf(files);
  if (lists !== '')
    add(`What the list of each entity can be sorted and filtered by, beside page, pageSize and q:\n${lists}\n`);
  for (const { path, form } of selection) {
    for (const file of files.filter((candidate) => path.test(candidate.path))) {
      const signatures = quote(file.path, signaturesOf(file.content), ' (signatures)');
      if (form === 'signatures') add(signatures);
      else if (!add(quote(file.path, file.content))) add(signatures);
    }
  }
  for (const { path, content } of filesIn(files, 'src/server/db/seeds/')) {
    const samples = samplesIn(content);
    if (samples !== undefined) add(quote(path, samples.text, ` (${samples.note})`));
  }
  return parts.join('\n');
}

function coloursOf(files: readonly RenderedFile[]): string {
  const theme = files.find(({ path }) => path === 'src/client/styles/theme.css')?.content ?? '';
  return [...theme.matchAll(/^\s*--color-([a-z-]+):/gm)].map((match) => match[1]).join(', ');
}

function filesIn(files: readonly RenderedFile[], folder: string): readonly RenderedFile[] {
  return files.filter(({ path }) => path.startsWith(folder));
}

/** A line for each entity: `entities.post, /api/posts: sort id, title; filters categoryId`. */
function listsOf(files: readonly RenderedFile[]): string {
  return filesIn(files, 'src/server/resources/')
    .map(({ content }) => {
      const query = /\blistQuery\(\{\s*sort: \[([\s\S]*?)\],\s*filters: \{([\s\S]*?)\},\s*\}\)/.exec(content);
      const path = /^ {4}path: '([^']*)',$/m.exec(content)?.[1];
      const key = /^export function (\w+)Resource\(/m.exec(content)?.[1];
      if (query === null || path === undefined || key === undefined) return '';
      const [, sort = '', filters = ''] = query;
      const keys = [...sort.matchAll(/'([^']+)'/g)].map((match) => match[1]).join(', ');
      const params = [...filters.matchAll(/^ {4}(\w+):/gm)].map((match) => match[1]).join(', ');
      return `entities.${key}, ${path}: sort ${keys}; filters ${params || 'none'}\n`;
    })
    .join('');
}

/** The sample records of an entity as whole records, each on a line: as many as there is room for, at least one. */
function samplesIn(code: string): { text: string; note: string } | undefined {
  const records = [...code.matchAll(/^ {2}\{[\s\S]*?\n {2}\},$/gm)].map(([record]) =>
    record.replace(/\s*\n\s*/g, ' ').trim(),
  );
  const [first, ...others] = records;
  if (first === undefined) return undefined;
  const shown = [first];
  let length = first.length;
  for (const record of others) {
    length += record.length;
    if (length > samplesShown) break;
    shown.push(record);
  }
  const all =
    records.length === 1 ? 'the only sample' : `${shown.length} of ${records.length} samples, with the ids from 1`;
  return { text: shown.join('\n'), note: all };
}

function quote(path: string, content: string, note = ''): string {
  return `<file path="${path}"${note === '' ? '' : ` note="${note.trim()}"`}>\n${content.trimEnd()}\n</file>`;
}
