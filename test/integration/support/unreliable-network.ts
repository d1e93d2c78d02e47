import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, be out of order, stall, and lead elsewhere. Its own address stays the same. */
export class UnreliableNetwork {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isOut = false;
  /** How many more bytes of answers get through before what is given to {@link after}. */
  #left = Number.POSITIVE_INFINITY;
  #then: () => void = () => undefined;
  #port = 0;
  /** The port it leads to. */
  target: number;

  private constructor(target: number) {
    this.target = target;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async to(target: number): Promise<UnreliableNetwork> {
    const network = new UnreliableNetwork(target);
    await new Promise<void>((resolve) => network.#server.listen(0, '127.0.0.1', resolve));
    const address = network.#server.address();
    if (typeof address === 'object' && address !== null) network.#port = address.port;
    return network;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Does something once that many bytes of answers have gone through, and lets nothing more through on their connections. */
  after(bytes: number, action: () => void): void {
    this.#left = bytes;
    this.#then = action;
  }

  /** Cuts all connections; new ones are cut, too, until {@link restore}. */
  cut(): void {
    this.#isOut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isOut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client: Socket): void {
    if (this.#isOut) {
      client.destroy();
      return;
    }
    const upstream = connect(this.target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    let isStalled = false;
    upstream.on('data', (bytes: Buffer) => {
      if (isStalled) return;
      client.write(bytes.subarray(0, Math.min(bytes.length, this.#left)));
      this.#left -= bytes.length;
      if (this.#left > 0) return;
      this.#left = Number.POSITIVE_INFINITY;
      isStalled = true;
      this.#then();
    });
  }
}
