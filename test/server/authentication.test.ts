import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { aliceKey, bobKey, TestServer } from '../support/test-server.ts';

const secret = 'a secret of more than thirty-two bytes';
const claims = { sub: 'alice', iss: 'https://issuer.example', aud: 'takoss' };
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

function hs256(payload: JWTPayload, key = secret): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key));
}

function unsigned(payload: JWTPayload): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.`;
}

describe('authentication', () => {
  let server: TestServer;
  let jwks: Server;
  let rsa: Awaited<ReturnType<typeof generateKeyPair>>;
  let ec: Awaited<ReturnType<typeof generateKeyPair>>;

  before(async () => {
    rsa = await generateKeyPair('RS256', { extractable: true });
    ec = await generateKeyPair('ES256');
    const keys = [
      { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256' },
      { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256' },
    ];
    jwks = createServer((_request, response) => response.end(JSON.stringify({ keys })));
    await new Promise<void>((resolve) => jwks.listen(0, '127.0.0.1', resolve));
    const { port } = jwks.address() as AddressInfo;
    server = await TestServer.start({
      environment: {
        TAKOSS_JWT_SECRET: secret,
        TAKOSS_JWKS_URL: `http://127.0.0.1:${port}/keys`,
        TAKOSS_JWT_ISSUER: claims.iss,
        TAKOSS_JWT_AUDIENCE: claims.aud,
      },
    });
  });
  after(async () => {
    jwks.close();
    await server.remove();
  });

  /** The status of asking for a run that nobody has: 404 when the caller is known. */
  async function ask(headers: Record<string, string>): Promise<Response> {
    const response = await fetch(`${server.url}/api/runs/run-unknown`, { headers });
    await response.clone().arrayBuffer();
    return response;
  }
  const bearer = (token: string) => ask({ authorization: `Bearer ${token}` });

  it('knows an API key as bearer and as X-API-Key', async () => {
    assert.equal((await bearer(aliceKey)).status, 404);
    assert.equal((await ask({ 'x-api-key': bobKey })).status, 404);
  });

  it('challenges a caller without a key or with a wrong one', async () => {
    const without = await ask({});
    assert.equal(without.status, 401);
    assert.equal(without.headers.get('www-authenticate'), 'Bearer realm="takoss"');
    assert.equal(without.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    for (const headers of [
      { authorization: 'Bearer wrong' },
      { authorization: `Basic ${Buffer.from(`a:${aliceKey}`).toString('base64')}` },
      { authorization: 'Bearer ' },
      { 'x-api-key': '' },
      { 'x-api-key': `${aliceKey}x` },
    ]) {
      const response = await ask(headers);
      assert.equal(response.status, 401, JSON.stringify(headers));
      assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer /);
    }
  });

  it('asks for the key before it looks at address and body', async () => {
    for (const path of ['/api/nothing', '/api/generate', '/%61pi/generate', '/api/runs/x/cancel']) {
      const response = await fetch(server.url + path, { method: 'POST', body: '{' });
      assert.equal(response.status, 401, path);
    }
  });

  it('takes a token that the secret or a public key of the issuer signed', async () => {
    assert.equal((await bearer(await hs256({ ...claims, exp: inAnHour() }))).status, 404);
    const rs256 = new SignJWT({ ...claims, exp: inAnHour() }).setProtectedHeader({ alg: 'RS256', kid: 'rsa' });
    assert.equal((await bearer(await rs256.sign(rsa.privateKey))).status, 404);
    const es256 = new SignJWT({ ...claims, exp: inAnHour() }).setProtectedHeader({ alg: 'ES256', kid: 'ec' });
    assert.equal((await bearer(await es256.sign(ec.privateKey))).status, 404);
  });

  it('refuses tokens that are expired, for others, by others, without expiry or without signature', async () => {
    const other = await generateKeyPair('RS256');
    const pem = await exportSPKI(rsa.publicKey);
    const refused: Record<string, string> = {
      expired: await hs256({ ...claims, exp: inAnHour() - 7200 }),
      'without expiry': await hs256(claims),
      'not yet valid': await hs256({ ...claims, exp: inAnHour(), nbf: inAnHour() - 60 }),
      'another audience': await hs256({ ...claims, aud: 'other', exp: inAnHour() }),
      'another issuer': await hs256({ ...claims, iss: 'https://other.example', exp: inAnHour() }),
      'another secret': await hs256({ ...claims, exp: inAnHour() }, `${secret}!`),
      'alg none': unsigned({ ...claims, exp: inAnHour() }),
      'public key as secret': await hs256({ ...claims, exp: inAnHour() }, pem),
      'HS512 with the secret': await new SignJWT({ ...claims, exp: inAnHour() })
        .setProtectedHeader({ alg: 'HS512' })
        .sign(new TextEncoder().encode(secret.repeat(2))),
      'unknown public key': await new SignJWT({ ...claims, exp: inAnHour() })
        .setProtectedHeader({ alg: 'RS256', kid: 'rsa' })
        .sign(other.privateKey),
      'three dots': 'a.b.c',
    };
    for (const [name, token] of Object.entries(refused)) {
      const response = await bearer(token);
      assert.equal(response.status, 401, name);
      assert.match(response.headers.get('www-authenticate') ?? '', /error="invalid_token"/, name);
    }
  });

  it('does not blame the token when the public keys cannot be had', async () => {
    const token = await new SignJWT({ ...claims, exp: inAnHour() })
      .setProtectedHeader({ alg: 'RS256', kid: 'rsa' })
      .sign(rsa.privateKey);
    const failing = createServer((_request, response) => response.writeHead(500).end());
    await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve));
    const { port } = failing.address() as AddressInfo;
    const other = await TestServer.start({ environment: { TAKOSS_JWKS_URL: `http://127.0.0.1:${port}/` } });
    try {
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${other.url}/api/runs/run-x`, { headers })).status, 503);
      failing.close();
      failing.closeAllConnections();
      assert.equal((await fetch(`${other.url}/api/runs/run-x`, { headers })).status, 503);
    } finally {
      failing.close();
      await other.remove();
    }
  });

  it('shows a run to the one who started it alone', async () => {
    const started = await server.post('/api/generate/stream');
    const id = started.headers.get('x-run-id');
    await started.text();
    const token = await hs256({ ...claims, sub: 'mallory', exp: inAnHour() });
    for (const headers of [{ 'x-api-key': bobKey }, { authorization: `Bearer ${token}` }]) {
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/stream'],
        ['POST', '/cancel'],
      ]) {
        const response = await fetch(`${server.url}/api/runs/${id}${path}`, { method: method ?? 'GET', headers });
        assert.equal(response.status, 404);
      }
    }
    assert.equal((await server.fetch(`/api/runs/${id}`)).status, 200);
  });
});
