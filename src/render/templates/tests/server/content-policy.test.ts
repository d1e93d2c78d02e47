import { describe, expect, it } from 'vitest';
import { contentPolicy, withNonce } from '../../src/server/http/content-policy.ts';

/** The directives by their names. */
function read(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy.split('; ').map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
  );
}

describe('the policy of pages', () => {
  it('lets nothing in from elsewhere, and nothing that is written into the page', () => {
    const policy = read(contentPolicy());
    expect(policy['default-src']).toBe("'self'");
    expect(policy['connect-src']).toBe("'self'");
    expect(policy['img-src']).toBe("'self' data: blob:");
    expect(contentPolicy()).not.toMatch(/unsafe|https?:|\*/);
  });

  it('names the sites of pictures, each once', () => {
    const pictures = [
      'https://a.example/1.png',
      'HTTPS://A.example/2.png',
      'http://b.example:8080',
      'https://münchen.example/x',
    ];
    expect(read(contentPolicy(pictures))['img-src']).toBe(
      "'self' data: blob: https://a.example http://b.example:8080 https://xn--mnchen-3ya.example",
    );
  });

  it.each([
    "https://a.example; script-src 'unsafe-inline'",
    'https://a;script-src',
    "https://a.example'",
    'https://*',
    'https://*.example',
    'https://a,b',
    'https://[::1]',
    'ftp://a.example',
    'javascript:alert(1)',
    '/images/a.svg',
    'https:',
    '',
  ])('names nothing for %s', (address) => {
    expect(read(contentPolicy([address]))['img-src']).not.toContain('script');
    expect(Object.keys(read(contentPolicy([address])))).toEqual(Object.keys(read(contentPolicy())));
    if (!address.startsWith('https://a.example;')) expect(contentPolicy([address])).toBe(contentPolicy());
  });

  it('stays short enough for a header, whatever records name', () => {
    const many = Array.from({ length: 500 }, (_, index) => `https://pictures-${index}.example.org/`);
    expect(contentPolicy(many).length).toBeLessThan(4000);
  });

  it('takes a nonce for what a server of development writes into the page', () => {
    const policy = read(withNonce(contentPolicy(['https://a.example']), 'abc='));
    expect([policy['script-src'], policy['style-src']]).toEqual(["'self' 'nonce-abc='", "'self' 'nonce-abc='"]);
    expect(policy['img-src']).toBe("'self' data: blob: https://a.example");
  });
});
