// `npm run dev`: the server, restarted on every change, and Vite with the client. Ctrl-C ends both.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
const apiPort = process.env.PORT || process.env.API_PORT || '3000';
const children = [];
let isStopping = false;

console.log('Starting the server…');
// As in production, text does not become code: neither `eval` nor `new Function` works in the server.
const server = ['--clear-screen=false', '--disallow-code-generation-from-strings', 'src/server/index.ts'];
start([bin('tsx/dist/cli.mjs'), 'watch', ...server], { PORT: apiPort });
// A page that is opened before the server answers would show an error.
await untilWell(`http://localhost:${apiPort}/healthz`);
if (!isStopping) start([bin('vite/bin/vite.js'), ...process.argv.slice(2)], { API_PORT: apiPort });

function start(args, env) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  child.on('exit', (code) => stop(code ?? 0));
  children.push(child);
}

/** Waits until the server answers; while it has an error of the programmer's, for as long as it takes to mend it. */
async function untilWell(url) {
  while (!isStopping) {
    const isWell = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isWell) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** When one ends, so does the other. */
function stop(code) {
  if (isStopping) return;
  isStopping = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
