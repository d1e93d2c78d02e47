import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

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
  return withShortPath(folder, name, ask);
}

function ask(path: string): Promise<LockHolder | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let text = '';
    // Who does not say who it is, or may not be asked by this user, is there all the same.
    const silent = { pid: undefined, host: undefined, url: undefined, owns: true };
    socket.setTimeout(answerMs, () => socket.destroy());
    socket.setEncoding('utf8').on('data', (data) => {
      text += data;
    });
    let isDead = false;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      isDead = error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
    });
    socket.on('close', () => resolve(isDead ? undefined : (parse(text) ?? silent)));
  });
}

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
