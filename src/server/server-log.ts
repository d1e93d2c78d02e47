/** Where the server says what operators should know: fields, then a sentence. Fastify's log is one. */
export interface ServerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
