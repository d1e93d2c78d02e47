/** The most sites that pictures may come from: the policy is a header, and proxies take headers of 4 KB. */
const mostOrigins = 40;

/** More sources for what pages load, by directive: `{ 'img-src': ['https://tiles.example.com'] }`. */
export type PolicySources = Readonly<Record<string, readonly string[]>>;

/**
 * What a page of the application may load, as the value of `Content-Security-Policy`: everything from this server, and pictures
 * also from the sites of these addresses. `more` adds sources to directives. So nothing that runs in a page can carry records elsewhere by a request, and none
 * of it is made of text. The built server sends it, and so does Vite (`scripts/page-policy.ts`).
 */
export function contentPolicy(pictures: readonly string[] = [], more: readonly PolicySources[] = []): string {
  const origins = new Set(pictures.flatMap((address) => originOf(address) ?? []));
  const sources = ["'self'", 'data:', 'blob:', ...[...origins].slice(0, mostOrigins)];
  const directives = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${sources.join(' ')}`,
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.map((directive) => withSources(directive, more)).join('; ');
}

function withSources(directive: string, more: readonly PolicySources[]): string {
  const name = directive.slice(0, directive.indexOf(' '));
  return [directive, ...more.flatMap((sources) => sources[name] ?? [])].join(' ');
}

/** The same policy for a page in which scripts and styles carry a nonce, as those do that Vite puts there in development. */
export function withNonce(policy: string, nonce: string): string {
  return policy.replace(/(?<=(script|style)-src 'self')/g, ` 'nonce-${nonce}'`);
}

/** The site of an address of the web. Records may hold anything: other characters in a host could begin another directive. */
function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin } = new URL(address);
  return /^https?:\/\/[a-z\d.-]+(:\d+)?$/.test(origin) ? origin : undefined;
}
