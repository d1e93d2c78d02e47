import type { ModelProvider } from '../engines/contract.ts';

/** What the manifest has to say of an engine. */
export type EngineListing = Pick<ModelProvider, 'id' | 'label' | 'description' | 'payment' | 'credential' | 'address'>;

/** The parts of `contributes` in package.json that follow from which providers there are. `npm run manifest` writes them there. */
export interface EngineContributions {
  readonly engine: { readonly enum: readonly string[]; readonly enumDescriptions: readonly string[] };
  /** By their names, without `takoss.`. */
  readonly addresses: Readonly<Record<string, object>>;
  /** Of the commands that set and clear a key. */
  readonly titles: { readonly setApiKey: string; readonly clearApiKey: string };
}

export function engineContributions(listings: readonly EngineListing[]): EngineContributions {
  const keyed = listings.filter(({ credential }) => credential !== undefined);
  const whose = keyed.map(({ label }) => label).join(' or ');
  const automatic = `${whose} where there is a key for it, else a language model of VS Code where there is one and you agree, else rules.`;
  const entries: readonly (readonly [id: string, description: string])[] = [
    ['auto', automatic],
    ['offline', 'Reads the requirements by rules on this machine: no account, no key, no network.'],
    ...listings.map(({ id, description }) => [id, description] as const),
    [
      'remote',
      'Sends the request to a Takoss server, which generates the project and streams it back. Set its address, and sign in.',
    ],
  ];
  // Whose key it is stands in the titles as long as it can be only one's.
  const name = keyed.length === 1 ? `${whose} API Key` : 'API Key';
  return {
    engine: { enum: entries.map(([id]) => id), enumDescriptions: entries.map(([, description]) => description) },
    addresses: Object.fromEntries(
      listings
        .filter(({ address }) => address !== undefined)
        .map((listing) => [`${listing.id}.baseUrl`, addressSetting(listing)]),
    ),
    titles: { setApiKey: `Set ${name}…`, clearApiKey: `Clear ${name}` },
  };
}

function addressSetting({ id, label }: EngineListing): object {
  return {
    type: 'string',
    default: '',
    scope: 'machine',
    pattern:
      '^\\s*$|^\\s*https://[^@?#]+$|^\\s*http://(localhost|[^/:@]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1\\])([:/][^@?#]*)?$',
    patternErrorMessage: `Use an address such as https://${id}.example.com: with https, except on this machine, and without name, password, "?" or "#".`,
    markdownDescription: `The address of the service of ${label}, where it is not the usual one: a proxy or a gateway. Your key is sent there.`,
  };
}
