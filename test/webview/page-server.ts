import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const root = new URL('../../', import.meta.url);

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

const nonce = 'bm9uY2Utb2YtdGhlLXRlc3Q';

/** Stands in for VS Code's side: keeps what the tracker sends and what it saves, and counts what the CSP blocked. */
const fakeHost = `
  const sent = [];
  const blocked = [];
  document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.violatedDirective + ' ' + event.blockedURI));
  window.fakeHost = { sent, blocked };
  window.acquireVsCodeApi = () => {
    delete window.acquireVsCodeApi;
    return {
      postMessage: (message) => sent.push(structuredClone(message)),
      getState: () => JSON.parse(sessionStorage.getItem('view') ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem('view', JSON.stringify(state)),
    };
  };`;

function html(theme: string): string {
  const kind = theme.startsWith('high-contrast') ? 'vscode-high-contrast' : `vscode-${theme.split('-')[0]}`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Takoss</title>
    <link rel="stylesheet" href="/test/webview/vscode-defaults.css">
    <link rel="stylesheet" href="/test/webview/themes/${theme}.css">
    <link rel="stylesheet" href="/dist/webview.css">
    <link rel="icon" href="data:,">
    <script nonce="${nonce}">${fakeHost}</script>
  </head>
  <body class="${kind}">
    <script nonce="${nonce}" src="/dist/webview.js"></script>
  </body>
</html>`;
}

export interface PageServer {
  /** Address of the tracker's page in a theme. */
  address(theme: string): string;
  close(): Promise<void>;
}

/**
 * Serves the built tracker in a page like the one VS Code makes for it, with the same content security policy. Serves
 * nothing but the tracker's files and the themes.
 */
export async function startPageServer(): Promise<PageServer> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; style-src 'self'; font-src 'self'; script-src 'nonce-${nonce}'; img-src data:`,
      );
      response.end(html(searchParams.get('theme') ?? 'dark-modern'));
      return;
    }
    const isOurs = /^\/(?:dist|test\/webview)\/[\w/-]+\.(?:js|css|ttf)$/.test(pathname);
    const contents = isOurs ? await readFile(new URL(`.${pathname}`, root)).catch(() => undefined) : undefined;
    response.statusCode = contents === undefined ? 404 : 200;
    response.setHeader('content-type', types[extname(pathname)] ?? 'text/plain');
    response.end(contents);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    address: (theme) => `http://127.0.0.1:${port}/?theme=${theme}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
