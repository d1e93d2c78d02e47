import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type ApiKey, findKey } from './api-key.ts';
import type { KeyStore } from './key-store.ts';
import { HttpError } from './problem.ts';
import type { JwtSettings } from './settings.ts';

/** Seconds by which the clocks of issuer and server may differ. */
const clockTolerance = 5;

/** Codes of failures that are not the token's: the address of the public keys does not answer, or not as it should. */
const unreachable = new Set([errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code]);

/** Finds out who calls: by an API key, or by a token that another system issued. */
export class Authenticator {
  readonly #environmentKeys: readonly ApiKey[];
  readonly #store: KeyStore;
  readonly #jwt: JwtSettings;
  readonly #secret: Uint8Array | undefined;
  readonly #publicKeys: JWTVerifyGetKey | undefined;

  constructor(environmentKeys: readonly ApiKey[], store: KeyStore, jwt: JwtSettings) {
    this.#environmentKeys = environmentKeys;
    this.#store = store;
    this.#jwt = jwt;
    this.#secret = jwt.secret === undefined ? undefined : new TextEncoder().encode(jwt.secret);
    this.#publicKeys = jwt.jwksUrl === undefined ? undefined : createRemoteJWKSet(new URL(jwt.jwksUrl));
  }

  /** A name for the caller that stays the same from call to call. Throws 401. */
  async caller(headers: IncomingHttpHeaders): Promise<string> {
    const key = headers['x-api-key'];
    if (typeof key === 'string') return await this.#keyCaller(key);
    const [, token] = /^Bearer +([\w.~+/=-]+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) {
      throw unauthorized('Send an API key or a token as "Authorization: Bearer …", or an API key as "X-API-Key".');
    }
    const isJwt = token.split('.').length === 3;
    const takesJwt = (this.#secret ?? this.#publicKeys) !== undefined;
    return await (isJwt && takesJwt ? this.#jwtCaller(token) : this.#keyCaller(token));
  }

  async #keyCaller(text: string): Promise<string> {
    const key = findKey([...this.#environmentKeys, ...(await this.#store.keys())], text);
    if (key === undefined) throw unauthorized('The API key is not known. Check it, or ask for a new one.', true);
    return `key:${key.hash.slice(0, 32)}`;
  }

  async #jwtCaller(token: string): Promise<string> {
    const { issuer, audience } = this.#jwt;
    const checks = {
      requiredClaims: ['exp'],
      clockTolerance,
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
    };
    try {
      // Each kind of key is used with its own algorithms only: a public key is never taken for a shared secret.
      const { payload } = await (this.#secret !== undefined && algorithm(token) === 'HS256'
        ? jwtVerify(token, this.#secret, { ...checks, algorithms: ['HS256'] })
        : this.#verifyPublic(token, checks));
      return jwtCaller(payload, token);
    } catch (error) {
      throw refusal(error);
    }
  }

  #verifyPublic(token: string, checks: object) {
    if (this.#publicKeys === undefined) throw new errors.JOSEAlgNotAllowed('Only HS256 is accepted.');
    return jwtVerify(token, this.#publicKeys, { ...checks, algorithms: ['RS256', 'ES256'] });
  }
}

/** What to answer to a token that could not be verified. */
function refusal(error: unknown): HttpError {
  if (!(error instanceof errors.JOSEError) || unreachable.has(error.code)) {
    return new HttpError(503, 'auth', 'The keys that check tokens cannot be reached. Try again.', {
      headers: { 'retry-after': '5' },
      cause: error,
    });
  }
  return unauthorized(
    error instanceof errors.JWTExpired
      ? 'The token has expired. Get a new one.'
      : 'The token is not valid here: its signature, issuer or audience does not match.',
    true,
  );
}

function algorithm(token: string): unknown {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    return typeof header === 'object' && header !== null && 'alg' in header ? header.alg : undefined;
  } catch {
    return undefined;
  }
}

/** Issuer and subject; a token without a subject speaks for nobody but itself. */
function jwtCaller({ iss, sub }: JWTPayload, token: string): string {
  const parts = sub === undefined ? [token] : [iss ?? '', sub];
  return `jwt:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

function unauthorized(message: string, presented = false): HttpError {
  const challenge = presented ? 'Bearer realm="takoss", error="invalid_token"' : 'Bearer realm="takoss"';
  return new HttpError(401, 'auth', message, { headers: { 'www-authenticate': challenge } });
}
