import { createHash } from 'node:crypto';
import type { OpenApi, Operation } from './openapi.ts';

const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { margin-bottom: 0; }
article { border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; margin: 1rem 0; overflow-x: auto; }
h3 { margin: 0; font-size: 1.05rem; }
h3 code { background: none; padding: 0; }
.method { display: inline-block; min-width: 3rem; padding: 0 .5rem; margin-right: .5rem; border-radius: 5px; text-align: center; background: #12343b; color: #fff; font: 600 .8rem/1.6rem ui-monospace, monospace; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; background: var(--soft); border-radius: 5px; }
code { padding: .1em .3em; }
pre { padding: .9rem 1rem; overflow-x: auto; }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; width: 100%; margin-top: .75rem; }
th { text-align: left; width: 11rem; font-weight: 500; }
th, td { border-top: 1px solid var(--line); padding: .35rem .5rem .35rem 0; vertical-align: top; }
summary { cursor: pointer; }
`;

/** The page loads nothing and runs nothing; its one style sheet is known by its hash. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const example = `curl -N http://localhost:3000/api/generate/stream \\
  -H "Authorization: Bearer $TAKOSS_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"projectName":"Blog Platform","description":"A place to write","requirements":"Authors write posts with a title and a body. Readers comment on posts."}'`;

/** The description of the API as a page for people. */
export function docsPage({ info, paths, components }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationSection(method, path, operation)),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details><summary>${escapeHtml(name)}</summary><pre><code>${escapeHtml(JSON.stringify(schema, undefined, 2))}</code></pre></details>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Takoss API</title><style>${style}</style></head>
<body>
<h1>Takoss API</h1>
<p>${escapeHtml(info.description)} Version ${escapeHtml(info.version)}, described for programs in <a href="/openapi.json">openapi.json</a>.</p>
<p>Addresses below <code>/api</code> need an API key or a token as <code>Authorization: Bearer …</code>, or an API key as <code>X-API-Key</code>. Failures are <code>application/problem+json</code>.</p>
<pre><code>${escapeHtml(example)}</code></pre>
<h2>Calls</h2>
${operations.join('\n')}
<h2>Schemas</h2>
${schemas.join('\n')}
</body>
</html>
`;
}

function operationSection(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(({ name, description }) => row(name, description));
  const responses = Object.entries(operation.responses).map(([status, { description }]) => row(status, description));
  return `<article>
<h3><span class="method">${escapeHtml(method.toUpperCase())}</span><code>${escapeHtml(path)}</code></h3>
<p>${escapeHtml(operation.summary)}. ${inlineCode(escapeHtml(operation.description))}</p>
<table>${[...parameters, ...responses].join('')}</table>
</article>`;
}

function row(head: string, text: string): string {
  return `<tr><th scope="row"><code>${escapeHtml(head)}</code></th><td>${inlineCode(escapeHtml(text))}</td></tr>`;
}

function inlineCode(html: string): string {
  return html.replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
