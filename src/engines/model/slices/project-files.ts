import type { RenderedFile } from '../../../core/rendered-project.ts';
import { signaturesOf } from './signatures.ts';

/** How a file of the project is shown: as it is, or only what it offers. */
type Form = 'whole' | 'signatures';

/** What slices build on, the most useful first: where there is not room for everything, the end is left out. */
const selection: readonly { readonly path: RegExp; readonly form: Form }[] = [
  { path: /^src\/server\/db\/schema\.ts$/, form: 'whole' },
  { path: /^src\/server\/http\/feature-routes\.ts$/, form: 'signatures' },
  { path: /^src\/server\/http\/problem\.ts$/, form: 'signatures' },
  { path: /^src\/client\/api\/(request|problem)\.ts$/, form: 'signatures' },
  { path: /^src\/client\/hooks\//, form: 'signatures' },
  { path: /^src\/client\/ui\//, form: 'signatures' },
  { path: /^tests\/client\/support\/(fake-answers|render-routes)\.tsx?$/, form: 'signatures' },
  { path: /^tests\/server\/support\//, form: 'signatures' },
  { path: /^src\/client\/records\/form\/(form-row\.tsx|validation\.ts)$/, form: 'signatures' },
  { path: /^src\/shared\/[^/]+\.ts$/, form: 'whole' },
  { path: /^src\/shared\/validation\/fields\.ts$/, form: 'signatures' },
  { path: /^src\/client\/resources\/entities\.ts$/, form: 'whole' },
  { path: /^src\/client\/api\/resource-client\.ts$/, form: 'signatures' },
  { path: /^src\/server\/db\/(query|client|columns)\.ts$/, form: 'signatures' },
  { path: /^src\/server\/http\/list-query\.ts$/, form: 'signatures' },
  { path: /^src\/client\/format\//, form: 'signatures' },
  { path: /^src\/client\/resources\/record\.ts$/, form: 'signatures' },
  { path: /^src\/client\/records\/(record-links|picture|field-value)\.tsx$/, form: 'signatures' },
  { path: /^src\/client\/app\/(project|page-title)\.tsx$/, form: 'signatures' },
  { path: /^tests\/client\/support\/fake-api\.ts$/, form: 'signatures' },
];

/** The seeds of an entity are shown up to this many characters: tests rely on them. */
const seedsShown = 1200;

/** The parts of the project that slices build on, as far as `room` takes them: it answers whether a text still fits, and then counts it. */
export function quoteProject(files: readonly RenderedFile[], room: (text: string) => boolean): string {
  const parts: string[] = [];
  const add = (text: string): boolean => {
    const fits = room(text);
    if (fits) parts.push(text);
    return fits;
  };
  const { colours, resource, seeds } = asides(files);
  if (colours !== '') add(`Colours of the theme, for classes such as bg-…, text-… and border-…: ${colours}\n`);
  for (const { path, form } of selection) {
    for (const file of files.filter((candidate) => path.test(candidate.path))) {
      const signatures = quote(file.path, signaturesOf(file.content), ' (signatures)');
      if (form === 'signatures') add(signatures);
      else if (!add(quote(file.path, file.content))) add(signatures);
    }
  }
  if (resource !== undefined) add(quote(resource.path, resource.content, ' (how entities are read and written)'));
  for (const { path, content } of seeds)
    add(quote(path, content.slice(0, seedsShown), content.length > seedsShown ? ' (beginning)' : ''));
  return parts.join('\n');
}

function asides(files: readonly RenderedFile[]) {
  const theme = files.find(({ path }) => path === 'src/client/styles/theme.css')?.content ?? '';
  const colours = [...theme.matchAll(/^\s*--color-([a-z-]+):/gm)].map((match) => match[1]);
  const resource = files.find(({ path }) => /^src\/server\/resources\//.test(path));
  return {
    colours: colours.join(', '),
    resource,
    seeds: files.filter(({ path }) => /^src\/server\/db\/seeds\//.test(path)),
  };
}

function quote(path: string, content: string, note = ''): string {
  return `<file path="${path}"${note === '' ? '' : ` note="${note.trim()}"`}>\n${content.trimEnd()}\n</file>`;
}
