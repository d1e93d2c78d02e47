/** A shorter key than any service gives out would be found in ordinary words. */
const shortestKey = 8;

/** Takes the API key, and whatever looks like one, out of a text that will be shown or logged. */
export function hideSecrets(text: string, apiKey: string): string {
  const withoutKey = apiKey.length < shortestKey ? text : text.split(apiKey).join('[key]');
  return withoutKey
    .replace(/sk-ant-[\w-]+/g, '[key]')
    .replace(/\b(bearer|x-api-key:)\s+\S{16,}/gi, '$1 [key]')
    .replace(/:\/\/[^\s/@]+@/g, '://');
}
