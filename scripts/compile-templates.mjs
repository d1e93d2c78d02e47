// Compiles the folders called `templates` into a `compiled-templates.ts` beside each, so that rendering evaluates no source at run
// time (a webview's or a browser's content security policy forbids it) and the compiler checks what templates read: that of
// src/render, and those of field types and modules.
//
// - `path/file` lands as it is at the same path.
// - `path/file.eta` is a template; the file lands without the suffix. In a template `it` is the context of src/emit/context.ts, or of
//   a `template-context.ts` beside the folder.
// - A path with `[entity]` or `[entities]` is rendered once per entity; they become its kebab-case names. One with `[module]`
//   is rendered once per module.
//
// The files of src/engines/model/slices/example, which lands nowhere but in prompts, become `compiled-example.ts` beside it.
//
// Each template tells what its file imports and exports (template-outline.mjs): a plain file beforehand, a template while it is rendered.
//
// A line that holds nothing but a statement tag (`<% … %>`) leaves no trace in the output, so templates can be indented.

import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { annotate, declarationsOfTemplate, outlineOf } from './template-outline.mjs';

const source = join(fileURLToPath(new URL('..', import.meta.url)), 'src');
const eta = new Eta({ autoEscape: false, autoTrim: false, cache: false });

/** Editors, installs and builds leave these behind when someone tries a template in its place. */
const ignored = new Set(['node_modules', 'dist', 'data', '.DS_Store']);

async function listFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries
    .filter((entry) => !ignored.has(entry.name))
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    });
  return (await Promise.all(nested)).flat();
}

function compile(path, text) {
  const per = /\[(entity|module)\]|\[entities\]/.exec(path);
  if (!path.endsWith('.eta')) {
    if (per) throw new Error(`${path}: a file per entity or module must be a template (.eta)`);
    const outline = outlineOf(path, text);
    const told = outline === undefined ? '' : `, outline: ${JSON.stringify(outline)}`;
    return `{ kind: 'plain', path: ${JSON.stringify(path)}, content: ${JSON.stringify(text)}${told} }`;
  }
  const target = path.slice(0, -'.eta'.length);
  const standalone = annotate(target, text).replace(/^[ \t]*(<%(?![=~])(?:(?!%>)[\s\S])*%>)[ \t]*\n/gm, '$1');
  const body = eta.compileBody(eta.parse(standalone)).replaceAll('__eta.res+=', 'out += ');
  const kind = per ? (per[1] ?? 'entity') : 'project';
  const it = /\bit\b/.test(body) ? 'it' : '_it';
  const parameters = /\bnotes\.(imports|exports)\(/.test(body) ? `${it}, notes` : it;
  const declarations = declarationsOfTemplate(target, text);
  const told = declarations === undefined ? '' : ` declarations: ${JSON.stringify(declarations)},`;
  return `{ kind: '${kind}', path: ${JSON.stringify(target)},${told} render(${parameters}) { let out = '';\n${body}return out; } }`;
}

/** The `templates` folders of the renderer, of field types and of modules. */
async function templateFolders() {
  const owners = ['render'];
  for (const kind of ['field-types', 'modules']) {
    const entries = await readdir(join(source, kind), { withFileTypes: true }).catch(() => []);
    owners.push(...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(kind, name)));
  }
  const folders = owners.map((owner) => join(source, owner, 'templates'));
  const exist = await Promise.all(folders.map(exists));
  return folders.filter((_, index) => exist[index]);
}

function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The module with the templates of a folder. */
async function moduleOf(folder) {
  const compiled = [];
  for (const file of (await listFiles(folder)).sort()) {
    const path = relative(folder, file).split(sep).join('/');
    const text = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
    try {
      compiled.push(compile(path, text));
    } catch (error) {
      throw new Error(`${file}: ${error.message}`, { cause: error });
    }
  }
  const owner = dirname(folder);
  const template = `${'../'.repeat(relative(source, owner).split(sep).length)}emit/template.ts`;
  const hasContext = await exists(join(owner, 'template-context.ts'));
  const header = [
    '// Made by scripts/compile-templates.mjs. Do not edit.',
    `import type { Template } from '${template}';`,
    ...(hasContext ? ["import type { TemplateContext } from './template-context.ts';"] : []),
    '',
    `export const templates: readonly Template${hasContext ? '<TemplateContext>' : ''}[] = [`,
  ];
  return { count: compiled.length, text: [...header, ...compiled.map((entry) => `${entry},`), '];', ''].join('\n') };
}

/** The slice that models are shown, as its files. */
async function exampleModule(folder) {
  const files = [];
  for (const file of (await listFiles(folder)).sort()) {
    const path = relative(folder, file).split(sep).join('/');
    files.push({ path, content: (await readFile(file, 'utf8')).replaceAll('\r\n', '\n') });
  }
  // What is declared comes first, as it is to be written first.
  const isDeclared = ({ path }) => path.endsWith('.json');
  const inOrder = [...files.filter(isDeclared).reverse(), ...files.filter((file) => !isDeclared(file))];
  return [
    '// Made by scripts/compile-templates.mjs. Do not edit.',
    "import type { SliceFile } from '../../../core/slices.ts';",
    '',
    `export const exampleSlice: readonly SliceFile[] = ${JSON.stringify(inOrder, null, 1)};`,
    '',
  ].join('\n');
}

/** Tests may be reading it. */
async function writeChanged(target, text) {
  if ((await readFile(target, 'utf8').catch(() => undefined)) !== text) await writeFile(target, text);
}

// A file that belongs nowhere would never be seen again: the build fails here.
const { ruleOf } = await import('../src/render/manifest.ts');
const own = join(source, 'render', 'templates');
for (const file of await listFiles(own))
  ruleOf(
    relative(own, file)
      .split(sep)
      .join('/')
      .replace(/\.eta$/, ''),
  );

let count = 0;
for (const folder of await templateFolders()) {
  const compiled = await moduleOf(folder);
  await writeChanged(join(dirname(folder), 'compiled-templates.ts'), compiled.text);
  count += compiled.count;
}
const slices = join(source, 'engines/model/slices');
await writeChanged(join(slices, 'compiled-example.ts'), await exampleModule(join(slices, 'example')));
console.log(`Compiled ${count} templates and the example of a slice.`);
