import type * as vscode from 'vscode';
import type { ServerAddress } from './server-address.ts';

/** Keeps keys and tokens of servers where VS Code keeps secrets, and nowhere else: one per origin. */
export class TokenStore {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  async get(address: ServerAddress): Promise<string | undefined> {
    return await this.#secrets.get(secretName(address));
  }

  async set(address: ServerAddress, token: string): Promise<void> {
    await this.#secrets.store(secretName(address), token);
  }

  async delete(address: ServerAddress): Promise<void> {
    await this.#secrets.delete(secretName(address));
  }
}

function secretName({ origin }: ServerAddress): string {
  return `takoss.token:${origin}`;
}
