import type { IncomingMessage } from 'node:http';

/** The body of a request; undefined if it has more bytes than allowed. The rest of such a body is read and dropped, so that the answer arrives. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    const buffer: Buffer = piece;
    bytes += buffer.length;
    if (bytes <= mostBytes) pieces.push(buffer);
  }
  return bytes > mostBytes ? undefined : Buffer.concat(pieces).toString();
}
