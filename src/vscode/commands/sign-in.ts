import * as vscode from 'vscode';
import * as z from 'zod';
import { TakossError } from '../../core/errors.ts';
import { commandIds } from '../identifiers.ts';
import { offer, type Remedy, remedy } from '../problems.ts';
import { withProgress } from '../progress.ts';
import { askInOrder, askText } from '../questions/multi-step.ts';
import { parseServerAddress, type ServerAddress } from '../remote/server-address.ts';
import { checkServer } from '../remote/server-check.ts';
import type { Services } from '../services.ts';
import { readSettings, saveSetting } from '../settings.ts';

const title = 'Takoss: Sign In to Server';

/** What other code may pass instead of being asked. */
const argumentSchema = z.object({ endpoint: z.string().optional(), token: z.string() });

interface Credentials {
  readonly address: ServerAddress;
  readonly token: string;
}

/**
 * *Takoss: Sign In to Server*: asks for the address, where none is set, and for a key or token, or takes both from the code that calls it.
 * What the server accepts is kept. Throws the error of a server that does not accept it; undefined when the user leaves.
 */
export async function signIn(services: Services, argument?: unknown): Promise<{ host: string } | undefined> {
  const credentials = argument === undefined || argument === null ? await ask() : given(argument);
  if (credentials === undefined) return undefined;
  const { address, token } = credentials;
  const check = await withProgress(`Signing in to ${address.host}`, (signal) => checkServer(address, token, signal));
  if (check === undefined) return undefined;
  if (check.ok) {
    await keep(services, credentials);
    return { host: address.host };
  }
  if (argument !== undefined && argument !== null) throw check.error;
  explain(services, credentials, check.error);
  return undefined;
}

function given(argument: unknown): Credentials {
  const { endpoint, token } = argumentSchema.parse(argument);
  const problem = problemOfToken(token);
  if (problem !== undefined) throw new TakossError('auth', problem);
  const address = endpoint ?? readSettings().remote.endpoint;
  if (address === undefined) {
    throw new TakossError('invalid-request', 'No server is set. Pass its address as endpoint.', { field: 'endpoint' });
  }
  return { address: parseServerAddress(address), token: token.trim() };
}

async function ask(): Promise<Credentials | undefined> {
  const { endpoint } = readSettings().remote;
  let address =
    endpoint !== undefined && problemOfAddress(endpoint) === undefined ? parseServerAddress(endpoint) : undefined;
  let typed = endpoint ?? '';
  let token = '';
  const askForAddress = address === undefined;
  const answered = await askInOrder(title, [
    ...(askForAddress
      ? [
          async (position: Parameters<typeof askText>[0]) => {
            const answer = await askText(position, {
              value: typed,
              prompt: 'The address of the Takoss server. It is kept in your settings.',
              placeholder: 'https://takoss.example.com',
              check: problemOfAddress,
              onChange: (value) => {
                typed = value;
              },
            });
            if (answer.kind === 'next') address = parseServerAddress(answer.value);
            return answer;
          },
        ]
      : []),
    async (position) => {
      const answer = await askText(position, {
        value: '',
        prompt: `Your key or token for ${address?.host}. It is kept in the secret storage of VS Code.`,
        placeholder: 'Key or token',
        isSecret: true,
        check: problemOfToken,
        onChange: () => undefined,
      });
      if (answer.kind === 'next') token = answer.value.trim();
      return answer;
    },
  ]);
  return answered && address !== undefined ? { address, token } : undefined;
}

function problemOfAddress(text: string): string | undefined {
  try {
    parseServerAddress(text);
    return undefined;
  } catch (error) {
    return error instanceof TakossError ? error.message : String(error);
  }
}

function problemOfToken(text: string): string | undefined {
  const token = text.trim();
  if (token === '') return 'Enter the key or token you were given.';
  return /^[\x21-\x7e]+$/.test(token)
    ? undefined
    : 'This has characters that no key or token has. Copy it again, without spaces or quotes of a document.';
}

async function keep({ tokens, log }: Services, { address, token }: Credentials): Promise<void> {
  await tokens.set(address, token);
  if (readSettings().remote.endpoint !== address.endpoint) await saveSetting('remote.endpoint', address.endpoint);
  log.info(`Signed in to ${address.host}.`);
  const isUsed = readSettings().engine === 'remote';
  offer(
    vscode.window.showInformationMessage,
    isUsed
      ? `You are signed in to ${address.host}.`
      : `You are signed in to ${address.host}. Projects are still generated on this machine.`,
    isUsed ? [] : [{ title: 'Generate on This Server', run: () => saveSetting('engine', 'remote') }],
  );
}

/** What to do about a server that did not accept it. Where it could not be asked, the user may know better. */
function explain(services: Services, credentials: Credentials, error: TakossError): void {
  services.log.warn(`Signing in to ${credentials.address.host}: ${error.message}`);
  const tryAgain = remedy('Try Again', commandIds.signIn);
  const keepAnyway: Remedy = { title: 'Keep It Anyway', run: () => keep(services, credentials) };
  const couldNotAsk = error.code !== 'auth' && error.code !== 'invalid-request';
  offer(vscode.window.showErrorMessage, error.message, couldNotAsk ? [tryAgain, keepAnyway] : [tryAgain]);
}
