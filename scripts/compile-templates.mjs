// Compiles src/render/templates/ into src/render/compiled-templates.ts, so that rendering evaluates no source at run time
// (a webview's or a browser's content security policy forbids it) and the compiler checks what templates read.
//
// - `path/file` lands as it is at the same path.
// - `path/file.eta` is a template; the file lands without the suffix. In a template `it` is the context of context.ts.
// - A path with `[entity]` or `[entities]` is rendered once per entity; they become its kebab-case names. One with `[feature]`
//   is rendered once per feature with tables of its own.
//
// A line that holds nothing but a statement tag (`<% … %>`) leaves no trace in the output, so templates can be indented.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src/render/templates');
const target = join(root, 'src/render/compiled-templates.ts');
const eta = new Eta({ autoEscape: false, autoTrim: false, cache: false });

const header = `// Made by scripts/compile-templates.mjs. Do not edit.
import type { EntityContext, FeatureContext, ProjectContext } from './context.ts';

/** A file of the generated application, by the path at which it lands. */
export type Template =
  | { readonly kind: 'plain'; readonly path: string; readonly content: string }
  | { readonly kind: 'project'; readonly path: string; readonly render: (it: ProjectContext) => string }
  | { readonly kind: 'entity'; readonly path: string; readonly render: (it: EntityContext) => string }
  | { readonly kind: 'feature'; readonly path: string; readonly render: (it: FeatureContext) => string };

export const templates: readonly Template[] = [
`;

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
  const per = /\[(entity|feature)\]|\[entities\]/.exec(path);
  if (!path.endsWith('.eta')) {
    if (per) throw new Error(`${path}: a file per entity or feature must be a template (.eta)`);
    return `{ kind: 'plain', path: ${JSON.stringify(path)}, content: ${JSON.stringify(text)} }`;
  }
  const standalone = text.replace(/^[ \t]*(<%(?![=~])(?:(?!%>)[\s\S])*%>)[ \t]*\n/gm, '$1');
  const body = eta.compileBody(eta.parse(standalone)).replaceAll('__eta.res+=', 'out += ');
  const kind = per ? (per[1] ?? 'entity') : 'project';
  const it = /\bit\b/.test(body) ? 'it' : '_it';
  return `{ kind: '${kind}', path: ${JSON.stringify(path.slice(0, -'.eta'.length))}, render(${it}) { let out = '';\n${body}return out; } }`;
}

const compiled = [];
for (const file of (await listFiles(source)).sort()) {
  const path = relative(source, file).split(sep).join('/');
  const text = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
  try {
    compiled.push(compile(path, text));
  } catch (error) {
    throw new Error(`${path}: ${error.message}`, { cause: error });
  }
}

const text = `${header}${compiled.map((entry) => `${entry},\n`).join('')}];\n`;
// Tests may be reading it.
if ((await readFile(target, 'utf8').catch(() => undefined)) !== text) await writeFile(target, text);
console.log(`Compiled ${compiled.length} templates.`);
