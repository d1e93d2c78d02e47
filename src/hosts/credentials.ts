import { TakossError } from '../core/errors.ts';
import type { Credential, ModelProvider } from '../engines/contract.ts';

/** Reads a variable of the environment of a host; undefined where it has none. */
export type Environment = (name: string) => string | undefined;

/**
 * What the environment holds for a provider: the first of its variables that is not empty. A key goes before a token, as in the provider's own
 * SDK, and only one of them is ever sent.
 */
export function credentialOf({ credential }: ModelProvider, environment: Environment): Credential | undefined {
  if (credential === undefined) return undefined;
  const key = firstOf(credential.keyVariables, environment);
  if (key !== undefined) return { kind: 'api-key', secret: key };
  const token = firstOf(credential.tokenVariables ?? [], environment);
  return token === undefined ? undefined : { kind: 'auth-token', secret: token };
}

function firstOf(names: readonly string[], environment: Environment): string | undefined {
  return names.map((name) => environment(name)?.trim()).find((value) => value !== undefined && value !== '');
}

/** The provider that `auto` means: the first for which there is what it needs to be paid. */
export function automaticProvider(
  providers: readonly ModelProvider[],
  environment: Environment,
): ModelProvider | undefined {
  return providers.find((provider) => credentialOf(provider, environment) !== undefined);
}

/** Throws `model-key` where a provider needs a credential and there is none. `remedy` says in a clause how this host is given one. */
export function requireCredential(
  { credential, label }: ModelProvider,
  given: Credential | undefined,
  remedy: string,
): void {
  if (credential === undefined || given !== undefined) return;
  throw new TakossError('model-key', `There is no key for ${label}. ${remedy}`);
}

/** What to do about a missing key where the environment holds it. */
export function environmentRemedy({ credential }: ModelProvider): string {
  return `Set the environment variable ${credential?.keyVariables[0] ?? ''} to yours, or use the engine offline, which needs none.`;
}

/** Every variable that holds a secret of some provider, to keep its value out of what is said. */
export function secretVariables(providers: readonly ModelProvider[]): readonly string[] {
  return providers.flatMap(({ credential }) =>
    credential === undefined ? [] : [...credential.keyVariables, ...(credential.tokenVariables ?? [])],
  );
}

/** A text without the secrets that are given and without what looks like one of a provider. */
export function withoutSecrets(text: string, secrets: Iterable<string>, providers: readonly ModelProvider[]): string {
  let clean = text;
  for (const { credential } of providers) {
    if (credential !== undefined) clean = clean.replace(credential.pattern, '[key]');
  }
  for (const secret of secrets) clean = clean.replaceAll(secret, '[key]');
  return clean;
}
