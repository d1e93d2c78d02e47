import { once } from 'node:events';
import { createLocalGenerator, systemClock } from '../local-generator.ts';
import { KeyStore } from '../server/key-store.ts';
import { startServer } from '../server/server.ts';
import { readSettings, type ServerFlags, type ServerSettings } from '../server/settings.ts';

/** Shorter secrets can be found by trying. */
const minSecretLength = 32;

/** Runs `takoss serve` until the signal, then stops in order. */
export async function runServe(flags: ServerFlags, version: string, signal: AbortSignal): Promise<void> {
  const settings = readSettings(flags, process.env);
  const keys = new KeyStore(settings.dataDir);
  await ensureKey(settings, keys);
  const server = await startServer({
    settings,
    keys,
    clock: systemClock,
    version,
    createGenerator: (projectId) => createLocalGenerator(systemClock, projectId),
  });
  say(`Takoss listens on ${server.url}; ${server.url}/docs describes the API. Stop it with Ctrl-C.`);
  if (!signal.aborted) await once(signal, 'abort');
  say('Stopping…');
  await server.stop();
}

/** Without any key the server would be of use to nobody: it makes one. */
async function ensureKey({ apiKeys, jwt, dataDir }: ServerSettings, keys: KeyStore): Promise<void> {
  if (jwt.secret !== undefined && Buffer.byteLength(jwt.secret) < minSecretLength) {
    say(`Warning: TAKOSS_JWT_SECRET is shorter than ${minSecretLength} bytes and could be guessed.`);
  }
  if (jwt.jwksUrl !== undefined && (jwt.issuer === undefined || jwt.audience === undefined)) {
    say('Warning: without TAKOSS_JWT_ISSUER and TAKOSS_JWT_AUDIENCE, tokens issued for other services are accepted.');
  }
  if (apiKeys.length > 0 || jwt.secret !== undefined || jwt.jwksUrl !== undefined) return;
  if ((await keys.keys()).length > 0) return;
  const key = await keys.create('first start');
  say(`API key (shown once, its hash is kept in ${dataDir}): ${key}`);
}

/** For people; standard output belongs to the log. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
