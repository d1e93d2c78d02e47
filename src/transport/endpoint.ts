import { TakossError } from '../core/errors.ts';

/** Names and addresses of this machine, on which nobody listens between client and server. */
const loopback = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The address of a server. Routes are below it, so a server may live at a path behind a proxy. */
export class Endpoint {
  readonly #base: string;
  /** What to call it in sentences: host and port. */
  readonly host: string;

  /**
   * Throws `invalid-request` for what is no address of a server, and for plain `http:` to another machine: the key or token, the requirements
   * and the code could be read and changed on the way.
   */
  constructor(text: string) {
    const url = parseUrl(text);
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw invalid(`${quote(text)} is not the address of a server. Use one such as https://takoss.example.com.`);
    }
    if (url.username !== '' || url.password !== '') {
      throw invalid(
        'The address of the server has a name or password in it. Leave it out: a key or token says who you are.',
      );
    }
    if (url.search !== '' || url.hash !== '') {
      throw invalid(
        `${quote(text)} has a "?" or "#" in it. Use the address alone, such as https://takoss.example.com.`,
      );
    }
    if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
      throw invalid(
        `${quote(text)} is not encrypted: your key would travel where others can read it. Use https, or a tunnel to a port of localhost.`,
      );
    }
    this.#base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    this.host = url.host;
  }

  /** The address of a route, which starts with `/`. */
  url(route: string): string {
    return `${this.#base}${route}`;
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text.trim());
  } catch {
    return undefined;
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', message, { field: 'endpoint' });
}
