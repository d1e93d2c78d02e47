import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Redirector {
  /** Where the address of a port is asked for, in the form that VS Code takes it from `VSCODE_PROXY_URI`. */
  readonly template: string;
  close(): void;
}

/**
 * A VS Code in a browser opens ports of its machine by an address of its server that is to pass requests on, which the one from npm does not. The browser is on the same machine
 * here, and is sent to the port itself.
 */
export async function startRedirector(): Promise<Redirector> {
  const server = createServer((request, response) => {
    const [, port, path] = /^\/(\d{1,5})(\/.*)$/.exec(request.url ?? '') ?? [];
    if (port === undefined) response.writeHead(404).end();
    else response.writeHead(302, { location: `http://localhost:${port}${path}` }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Keeps nobody waiting who forgets it.
  server.unref();
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    template: `http://127.0.0.1:${port}/{{port}}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
