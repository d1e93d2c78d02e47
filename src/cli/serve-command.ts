import { once } from 'node:events';
import { join } from 'node:path';
import { toTakossError } from '../core/errors.ts';
import { formatUsd } from '../core/run-words.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { createLocalGenerator, systemClock } from '../local-generator.ts';
import { KeyStore } from '../server/key-store.ts';
import type { CreateGenerator } from '../server/runs.ts';
import { openServer } from '../server/server.ts';
import { readSettings, type ServerFlags, type ServerSettings } from '../server/settings.ts';

/** Shorter secrets can be found by trying. */
const minSecretLength = 32;

/** Runs `takoss serve` until the signal, then stops in order. Nothing in the data folder is touched before the server listens and owns it. */
export async function runServe(flags: ServerFlags, version: string, signal: AbortSignal): Promise<void> {
  const settings = readSettings(flags, process.env);
  const keys = new KeyStore(settings.dataDir);
  const server = await openServer({ settings, keys, clock: systemClock, version });
  try {
    if (server.warning !== undefined) say(`Warning: ${server.warning}`);
    const createGenerator = await prepareEngine(settings, signal);
    await ensureKey(settings, keys);
    await server.begin(createGenerator);
    say(`Takoss listens on ${server.url}; ${server.url}/docs describes the API. Stop it with Ctrl-C.`);
    if (!signal.aborted) await once(signal, 'abort');
    say('Stopping…');
  } finally {
    await server.stop();
  }
}

/** What is missing is said before the server listens, and packages are downloaded before the first run waits for them. */
async function prepareEngine({ engine, dataDir }: ServerSettings, signal: AbortSignal): Promise<CreateGenerator> {
  if (engine.name === 'offline') return (projectId) => createLocalGenerator(systemClock, projectId);
  const { prepareModelRuns } = await import('../server/model-runs.ts');
  const { provider, options } = engine;
  const folder = join(dataDir, 'engine');
  const runs = await prepareModelRuns(provider, options, {
    environment: process.env,
    folder,
    consent: () => Promise.resolve(false),
    // Said once, below, and by every run.
    onTestsRefused: () => {},
  });
  if (options.checks === 'full') {
    const scope = await runs.installChecks({ signal, say });
    if (scope !== undefined && scope.checks.length === 0) say(`Warning: ${scope.why} Runs say what was not checked.`);
    else if (scope?.why !== undefined) {
      say(
        `Warning: tests that ${provider.label} writes are not run, because ${scope.why}. TAKOSS_UNCONFINED_TESTS=1 runs them all the same, with the rights of this server.`,
      );
    }
  }
  const { budgetUsd } = options;
  const limit = budgetUsd === undefined ? 'without a budget' : `for at most ${formatUsd(budgetUsd)} a run`;
  say(`${runs.model} works on runs, ${limit}. ${paidFor(provider)}`);
  return (projectId) => runs.create(systemClock, projectId);
}

function paidFor({ payment }: ModelProvider): string {
  return payment === 'tokens' ? 'It is paid for with the key of this server.' : 'It costs nothing here.';
}

/** Without any key the server would be of use to nobody: it makes one. */
async function ensureKey({ apiKeys, jwt, dataDir }: ServerSettings, keys: KeyStore): Promise<void> {
  if (jwt.secret !== undefined && Buffer.byteLength(jwt.secret) < minSecretLength) {
    say(`Warning: TAKOSS_JWT_SECRET is shorter than ${minSecretLength} bytes and could be guessed.`);
  }
  if (jwt.jwksUrl !== undefined && (jwt.issuer === undefined || jwt.audience === undefined)) {
    say('Warning: without TAKOSS_JWT_ISSUER and TAKOSS_JWT_AUDIENCE, tokens issued for other services are accepted.');
  }
  const damaged = await keys.setDamagedAside();
  if (damaged.length > 0) {
    say(
      `Warning: the keys in ${dataDir} are damaged and none of them is in force. They are kept in ${damaged.join(', ')}. Repair them and put them back as keys.json, or make new ones with "takoss key create"; this server takes either within a second.`,
    );
    return;
  }
  if (apiKeys.length > 0 || jwt.secret !== undefined || jwt.jwksUrl !== undefined) return;
  if ((await keys.keys()).length > 0) return;
  try {
    const key = await keys.create('first start');
    say(`API key (shown once, its hash is kept in ${dataDir}): ${key}`);
  } catch (error) {
    const { message } = toTakossError(error);
    say(`Warning: no API key could be made, so nobody can call. ${message} Then run "takoss key create".`);
  }
}

/** For people; standard output belongs to the log. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
