import assert from 'node:assert/strict';
import { TakossError } from '../../../src/core/errors.ts';
import { Endpoint } from '../../../src/transport/endpoint.ts';

describe('addresses of servers', () => {
  for (const [text, url, host] of [
    ['https://takoss.example.com', 'https://takoss.example.com/x', 'takoss.example.com'],
    ['https://takoss.example.com/', 'https://takoss.example.com/x', 'takoss.example.com'],
    [' https://example.com:8443/a/b// ', 'https://example.com:8443/a/b/x', 'example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000/x', 'localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/x', '127.0.0.1:3000'],
    ['http://127.8.0.1', 'http://127.8.0.1/x', '127.8.0.1'],
    ['http://0x7f.1:80', 'http://127.0.0.1/x', '127.0.0.1'],
    ['http://[::1]:3000', 'http://[::1]:3000/x', '[::1]:3000'],
    ['http://takoss.localhost', 'http://takoss.localhost/x', 'takoss.localhost'],
  ] as const) {
    it(`take ${JSON.stringify(text)}`, () => {
      const endpoint = new Endpoint(text);
      assert.deepEqual([endpoint.url('/x'), endpoint.host], [url, host]);
    });
  }

  for (const [text, says] of [
    ['', /not the address/],
    ['takoss.example.com', /not the address/],
    ['localhost:3000', /not the address/],
    ['ftp://example.com', /not the address/],
    ['file:///etc/passwd', /not the address/],
    ['https://user:secret@example.com', /name or password/],
    ['https://example.com/?token=x', /"\?" or "#"/],
    ['http://example.com', /not encrypted/],
    ['http://localhost.example.com', /not encrypted/],
    ['http://127.0.0.1.example.com', /not encrypted/],
    ['http://192.168.1.5:3000', /not encrypted/],
    ['http://[::2]', /not encrypted/],
  ] as const) {
    it(`refuse ${JSON.stringify(text)} with a sentence`, () => {
      assert.throws(
        () => new Endpoint(text),
        (error: unknown) => {
          assert.ok(error instanceof TakossError);
          assert.deepEqual([error.code, error.field], ['invalid-request', 'endpoint']);
          assert.match(error.message, says);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        },
      );
    });
  }
});
