import type * as vscode from 'vscode';
import type { Credential, ModelProvider } from '../../engines/contract.ts';
import { credentialOf, withoutSecrets } from '../../hosts/credentials.ts';
import type { HostParts } from './host-parts.ts';

/** A credential for a provider, and where it is from. */
export interface KnownCredential {
  readonly credential: Credential;
  readonly source: 'secrets' | 'environment';
}

/** Keeps keys of providers where VS Code keeps secrets, and nowhere else. What the environment holds serves where none is kept. */
export class ProviderKeys {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: HostParts['environment'];
  readonly #providers: readonly ModelProvider[];
  /** Every secret seen in this session, to keep them out of the log. */
  readonly #seen = new Set<string>();

  constructor(
    secrets: vscode.SecretStorage,
    environment: HostParts['environment'],
    providers: readonly ModelProvider[],
  ) {
    this.#secrets = secrets;
    this.#environment = environment;
    this.#providers = providers;
  }

  async get(provider: ModelProvider): Promise<KnownCredential | undefined> {
    if (provider.credential === undefined) return undefined;
    const kept = await this.#secrets.get(secretName(provider));
    const credential: Credential | undefined =
      kept === undefined ? credentialOf(provider, this.#environment) : { kind: 'api-key', secret: kept };
    if (credential === undefined) return undefined;
    this.#seen.add(credential.secret);
    return { credential, source: kept === undefined ? 'environment' : 'secrets' };
  }

  async set(provider: ModelProvider, key: string): Promise<void> {
    this.#seen.add(key);
    await this.#secrets.store(secretName(provider), key);
  }

  async delete(provider: ModelProvider): Promise<void> {
    await this.#secrets.delete(secretName(provider));
  }

  /** A text without the secrets, whoever put them in. */
  redact(text: string): string {
    return withoutSecrets(text, this.#seen, this.#providers);
  }
}

function secretName({ id }: ModelProvider): string {
  return `takoss.${id}ApiKey`;
}
