/** The parts of an OpenAPI document that the page shows. */
interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly schema?: unknown }[];
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>;
}

interface Document {
  readonly info: { readonly title: string; readonly description?: string };
  readonly paths?: object;
  readonly components?: { readonly schemas?: object };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** A page that describes the API, from its OpenAPI document. It needs no script and nothing from elsewhere. */
export function docsPage({ info, paths = {}, components }: Document): string {
  const operations = Object.entries(paths as Record<string, Partial<Record<string, Operation>>>).flatMap(
    ([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [{ method, path, operation }];
      }),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'General'))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => (operation.tags?.[0] ?? 'General') === tag);
    return `<section><h2>${escapeHtml(tag)}</h2>${own.map(operationHtml).join('')}</section>`;
  });
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary>${code(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${info.title} API`)}</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<main>
<h1>${escapeHtml(info.title)} API</h1>
<p>${escapeHtml(info.description ?? '')}</p>
<p>The same as a document for tools: <a href="/api/openapi.json">openapi.json</a>. <a href="/">To the application</a></p>
${sections.join('\n') || '<p>There are no operations.</p>'}
${schemas.length > 0 ? `<section><h2>Schemas</h2>${schemas.join('')}</section>` : ''}
</main>
</body>
</html>`;
}

function operationHtml({ method, path, operation }: { method: string; path: string; operation: Operation }): string {
  const parameters = operation.parameters ?? [];
  const rows = parameters.map(
    ({ name = '', in: place = '', schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(place)}</td><td><code>${escapeHtml(JSON.stringify(schema ?? {}))}</code></td></tr>`,
  );
  const answers = Object.entries(operation.responses ?? {}).map(
    ([status, { description = '' }]) => `<li><code>${escapeHtml(status)}</code> ${escapeHtml(description)}</li>`,
  );
  return `<details><summary><span class="${method}">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code> ${escapeHtml(operation.summary ?? '')}</summary>
${rows.length > 0 ? `<table><thead><tr><th>Parameter</th><th>In</th><th>Schema</th></tr></thead><tbody>${rows.join('')}</tbody></table>` : ''}
${operation.requestBody === undefined ? '' : `<h3>Body</h3>${code(operation.requestBody)}`}
<h3>Answers</h3><ul>${answers.join('')}</ul></details>`;
}

function code(value: unknown): string {
  return `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** The style sheet of the page: within it, the policy of pages would forbid it. */
export const docsStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h2 { margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
details { border: 1px solid color-mix(in srgb, CanvasText 20%, transparent); border-radius: .5rem; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary span { display: inline-block; min-width: 4.5rem; font-weight: 700; font-size: .8rem; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; } pre { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; overflow-wrap: anywhere; }
a { color: LinkText; }`;
