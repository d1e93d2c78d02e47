import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { systemCode } from '../core/errors.ts';

/** What a server says of itself to whoever connects to its lock. */
export interface LockHolder {
  /** Its number where it runs; a container has its own numbers. */
  readonly pid: number | undefined;
  readonly host: string | undefined;
  readonly url: string | undefined;
  /** Whether it owns the folder; another that is about to may still give way. */
  readonly owns: boolean;
}

const saidSchema = z.object({ pid: z.number(), host: z.string(), url: z.string(), owns: z.boolean() });

/** A path of a socket may have 103 bytes on macOS and 107 on Linux; what is longer, Node 20 cuts without a word. */
const maxPathBytes = 100;
/** How long the owner may take to say who it is, in ms. That it is there, the system says at once. */
const answerMs = 3000;
/** How often and after how many ms a question is put again that was cut. */
const maxQuestions = 50;
const recheckMs = 10;

/** Listens at `name` in the folder, and tells whoever connects what `describe` returns. */
export async function listenAt(folder: string, name: string, url: string, owns: () => boolean): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(JSON.stringify({ pid: process.pid, host: hostname(), url, owns: owns() }));
  });
  await withShortPath(folder, name, async (path) => {
    server.listen(path);
    await once(server, 'listening');
  });
  // Later trouble with one connection is no reason to stop.
  server.on('error', () => {});
  server.unref();
  return server;
}

/** Asks who listens there. Undefined when nobody does: whoever did has ended, in whatever way. */
export function askAt(folder: string, name: string): Promise<LockHolder | undefined> {
  return withShortPath(folder, name, async (path) => {
    for (let time = 0; time < maxQuestions; time += 1) {
      const answer = await ask(path);
      if (answer !== 'cut') return answer === 'dead' ? undefined : answer;
      await delay(recheckMs);
    }
    return silent;
  });
}

/** `cut`: whoever listened has taken the connection and ended it without a word, probably because it is about to leave. */
function ask(path: string): Promise<LockHolder | 'dead' | 'cut'> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let text = '';
    let end: LockHolder | 'dead' | 'cut' = 'cut';
    socket.setTimeout(answerMs, () => {
      end = silent;
      socket.destroy();
    });
    socket.setEncoding('utf8').on('data', (data) => {
      text += data;
    });
    socket.on('error', (error) => {
      end = endings[systemCode(error) ?? ''] ?? 'cut';
    });
    socket.on('close', () => resolve(parse(text) ?? end));
  });
}

/** Who does not say who it is, or may not be asked by this user, is there all the same. */
const silent: LockHolder = { pid: undefined, host: undefined, url: undefined, owns: true };
const endings: Readonly<Record<string, LockHolder | 'dead'>> = {
  ECONNREFUSED: 'dead',
  ENOENT: 'dead',
  EACCES: silent,
  EPERM: silent,
};

function parse(text: string): LockHolder | undefined {
  try {
    return saidSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Hands on a path to the socket that is short enough, by way of a link where its own is not. */
async function withShortPath<T>(folder: string, name: string, use: (path: string) => Promise<T>): Promise<T> {
  const path = join(folder, name);
  if (Buffer.byteLength(path) <= maxPathBytes) return use(path);
  const shortcut = await mkdtemp(join(tmpdir(), 'takoss-'));
  try {
    await symlink(folder, join(shortcut, 'd'));
    return await use(join(shortcut, 'd', name));
  } finally {
    await rm(shortcut, { recursive: true, force: true });
  }
}
