import { readFile, writeFile } from 'node:fs/promises';
import { modelProviders } from '../src/engines/catalog.ts';
import { engineContributions } from '../src/vscode/contributions.ts';
import { commandIds } from '../src/vscode/identifiers.ts';
import { vscodeLmListing } from '../src/vscode/lm/listing.ts';

/** Writes into package.json what follows from the catalogue of providers: run it after a provider was added. */
const path = new URL('../package.json', import.meta.url);
const manifest = JSON.parse(await readFile(path, 'utf8'));
const { engine, addresses, titles } = engineContributions([...modelProviders, vscodeLmListing]);

const { commands, configuration } = manifest.contributes;
for (const command of commands) {
  const [name] = Object.entries(commandIds).find(([, id]) => id === command.command) ?? [];
  if (name in titles) command.title = titles[name];
}
Object.assign(configuration.properties['takoss.engine'], engine);
const settings = Object.entries(configuration.properties).filter(
  ([name]) => !/^takoss\.(?!remote\.)[\w-]+\.baseUrl$/.test(name),
);
const at = settings.findIndex(([name]) => name === 'takoss.budgetUsd');
const ours = Object.entries(addresses).map(([name, setting]) => [`takoss.${name}`, setting]);
configuration.properties = Object.fromEntries(settings.toSpliced(at, 0, ...ours));
await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
