import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { checkConnection } from '../../../src/transport/check-connection.ts';
import { systemParts } from '../../../src/transport/remote-parts.ts';
import { type FakeRequest, FakeServer } from '../../support/fake-server.ts';
import { never } from './remote.ts';

describe('testing a connection', () => {
  let server: FakeServer;

  beforeEach(async () => {
    server = await FakeServer.start();
    server.handler = answerAsServer;
  });
  afterEach(() => server.stop());

  function answerAsServer({ path, headers }: FakeRequest, response: ServerResponse): void {
    if (path === '/healthz') return void response.writeHead(200).end('{"status":"ok"}');
    const status = headers.authorization === 'Bearer good' ? 404 : 401;
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ status }));
  }

  const check = (token: string | undefined, endpoint = server.url, parts: Partial<typeof systemParts> = {}) =>
    checkConnection({ ...systemParts, endpoint, token: () => token, ...parts }, never);
  const problemOf = async (...args: Parameters<typeof check>) => {
    const found = await check(...args);
    assert.ok(!found.ok);
    return `${found.error.code}: ${found.error.message}`;
  };

  it('succeeds with a server that knows the key, and starts no run', async () => {
    const found = await check('good');
    assert.ok(found.ok);
    assert.equal(`http://${found.host}`, server.url);
    assert.ok(found.latencyMs >= 0);
    assert.deepEqual(new Set(server.requests.map(({ method }) => method)), new Set(['GET']));
    assert.equal(server.requests[0]?.headers.authorization, undefined, 'health needs no key');
  });

  it('tells a key that is not accepted', async () => {
    assert.match(await problemOf('bad'), /^auth: .*does not accept/);
    assert.match(await problemOf(undefined), /^auth: There is no key/);
  });

  it('tells an address that is none, or not safe', async () => {
    assert.match(await problemOf('good', 'takoss'), /^invalid-request: .*not the address/);
    assert.match(await problemOf('good', 'http://example.com'), /^invalid-request: .*not encrypted/);
  });

  it('tells a server that is not there, not well, or somewhere else', async () => {
    server.handler = (_request, response) => void response.writeHead(503).end();
    assert.match(await problemOf('good'), /^network: .*answered 503/);
    server.handler = (_request, response) => void response.writeHead(302, { location: 'https://login.example' }).end();
    assert.match(await problemOf('good'), /^protocol: .*sends requests on to https:\/\/login\.example/);
    await server.stop();
    // A connection that was kept open is found to be cut; a new one, that nothing answers.
    assert.match(await problemOf('good'), /^network: .*(the connection was cut|nothing answers there)/);
    assert.match(await problemOf('good'), /^network: .*nothing answers there/);
  });

  it('takes no other web server for a Takoss server', async () => {
    server.handler = ({ path }, response) => void response.writeHead(path === '/healthz' ? 200 : 404).end('<html>');
    assert.match(await problemOf('good'), /^protocol: .*cannot be tested/);
    server.handler = (_request, response) => void response.writeHead(404).end();
    assert.match(await problemOf('good'), /^protocol: .*first version/);
  });

  it('does not wait long for a server that does not answer', async () => {
    server.handler = () => {};
    const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 10));
    assert.match(await problemOf('good', server.url, { sleep }), /^network: .*within 10 s/);
  });
});
