import { TakossError, toTakossError } from '../core/errors.ts';
import { Endpoint } from './endpoint.ts';
import { discard, networkFailure, responseFailure } from './failures.ts';
import { Interruption } from './interruption.ts';
import { bearer, type RemoteParts } from './remote-parts.ts';

/** Whether the server can be used, and if not, why. */
export type ConnectionCheck =
  | {
      readonly ok: true;
      /** Host and port. */
      readonly host: string;
      /** How long the server took to answer, in ms. */
      readonly latencyMs: number;
    }
  | { readonly ok: false; readonly error: TakossError };

/** How long an answer may take, in ms. Somebody is waiting for it. */
const limitMs = 10_000;

/** The id of no run: who may ask hears that there is none. */
const noRun = '00000000-0000-4000-8000-000000000000';

/** Asks the server whether it is there and accepts the key or token. Never throws; starts no run. */
export async function checkConnection(
  parts: Pick<RemoteParts, 'endpoint' | 'token' | 'fetch' | 'clock' | 'sleep'>,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  let isLate = false;
  void parts.sleep(limitMs, controller.signal).then(() => {
    isLate ||= !controller.signal.aborted;
    abort();
  });
  try {
    return await check(parts, controller.signal);
  } catch (thrown) {
    if (!isLate) return { ok: false, error: toTakossError(thrown, signal) };
    const message = `The server did not answer within ${limitMs / 1000} s. Check its address and the network.`;
    return { ok: false, error: new TakossError('network', message, { cause: thrown }) };
  } finally {
    signal.removeEventListener('abort', abort);
    abort();
  }
}

async function check(
  parts: Pick<RemoteParts, 'endpoint' | 'token' | 'fetch' | 'clock'>,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const endpoint = new Endpoint(parts.endpoint);
  const { host } = endpoint;
  const authorization = await bearer(parts);
  const request = async (route: string, headers: Record<string, string>): Promise<Response> => {
    try {
      return await parts.fetch(endpoint.url(route), { headers, redirect: 'manual', cache: 'no-store', signal });
    } catch (error) {
      if (signal.aborted) throw error;
      throw firm(networkFailure(error, host), host);
    }
  };

  const health = await request('/healthz', {});
  if (health.status !== 200 && health.status !== 404)
    throw firm(await responseFailure(health, host, parts.clock.now()), host);
  await discard(health);

  const askedAt = parts.clock.now();
  const probe = await request(`/api/runs/${noRun}`, { authorization });
  const latencyMs = parts.clock.now() - askedAt;
  // Any other web server answers 404 as well, whoever asks; so does one of the first version.
  const isOurs = (probe.headers.get('content-type') ?? '').startsWith('application/problem+json');
  if (probe.status === 404 && !isOurs) {
    await discard(probe);
    throw new TakossError(
      'protocol',
      `${host} answers, but cannot be tested: it is no Takoss server, or one of the first version. Check the address, or try a run.`,
    );
  }
  if (probe.status !== 404) throw firm(await responseFailure(probe, host, parts.clock.now()), host);
  await discard(probe);
  return { ok: true, host, latencyMs };
}

/** A test tries once. */
function firm(failure: Interruption | TakossError, host: string): TakossError {
  if (!(failure instanceof Interruption)) return failure;
  return new TakossError(
    failure.code,
    `${host} could not be used: ${failure.message}. Check its address and the network, or try again later.`,
    { cause: failure },
  );
}
