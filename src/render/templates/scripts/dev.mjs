// `npm run dev`: the server, restarted on every change, and Vite with the client. Ctrl-C ends both.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
const apiPort = process.env.PORT || process.env.API_PORT || '3000';

const children = [
  start([bin('tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'src/server/index.ts'], { PORT: apiPort }),
  start([bin('vite/bin/vite.js'), ...process.argv.slice(2)], { API_PORT: apiPort }),
];

function start(args, env) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  child.on('exit', (code) => stop(code ?? 0));
  return child;
}

let isStopping = false;

/** When one ends, so does the other. */
function stop(code) {
  if (isStopping) return;
  isStopping = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
