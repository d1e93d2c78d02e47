import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A key as it is kept: its hash only. A key is 256 random bits, so its hash needs no salt and no slow function. */
export interface ApiKey {
  readonly name: string;
  /** SHA-256 in lower-case hexadecimal. */
  readonly hash: string;
}

/** A new key: 256 random bits, marked so that scanners for leaked secrets find it. */
export function newKey(): string {
  return `takoss_${randomBytes(32).toString('base64url')}`;
}

export function hashKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** The key that a text is. Every hash is compared whole, so that time tells nothing about them. */
export function findKey(keys: readonly ApiKey[], text: string): ApiKey | undefined {
  const presented = Buffer.from(hashKey(text), 'hex');
  let found: ApiKey | undefined;
  for (const key of keys) {
    const hash = Buffer.from(key.hash, 'hex');
    if (hash.length === presented.length && timingSafeEqual(hash, presented)) found = key;
  }
  return found;
}
