import type * as vscode from 'vscode';
import type { HostParts } from './host-parts.ts';

/** A key for Claude, and where it is from. */
export interface ClaudeKey {
  readonly key: string;
  readonly source: 'secrets' | 'environment';
}

const secretName = 'takoss.claudeApiKey';
const variables = ['ANTHROPIC_API_KEY', 'CLAUDE_API_KEY'] as const;

/** Keeps the key for Claude where VS Code keeps secrets, and nowhere else. One in the environment serves where none is kept. */
export class ClaudeKeyStore {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: HostParts['environment'];
  /** Every key seen in this session, to keep them out of the log. */
  readonly #seen = new Set<string>();

  constructor(secrets: vscode.SecretStorage, environment: HostParts['environment']) {
    this.#secrets = secrets;
    this.#environment = environment;
  }

  async get(): Promise<ClaudeKey | undefined> {
    const kept = await this.#secrets.get(secretName);
    const key = kept ?? this.#variable();
    if (key === undefined) return undefined;
    this.#seen.add(key);
    return { key, source: kept === undefined ? 'environment' : 'secrets' };
  }

  async set(key: string): Promise<void> {
    this.#seen.add(key);
    await this.#secrets.store(secretName, key);
  }

  async delete(): Promise<void> {
    await this.#secrets.delete(secretName);
  }

  /** A text without the keys, whoever put them in. */
  redact(text: string): string {
    let clean = text.replace(/sk-ant-[\w-]{8,}/g, '[key]');
    for (const key of this.#seen) clean = clean.replaceAll(key, '[key]');
    return clean;
  }

  #variable(): string | undefined {
    return variables
      .map((name) => this.#environment(name)?.trim())
      .find((value) => value !== undefined && value !== '');
  }
}
