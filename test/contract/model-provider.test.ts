import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInvocation } from '../../src/cli/arguments.ts';
import { createGenerator } from '../../src/cli/create-generator.ts';
import { usageText } from '../../src/cli/usage-text.ts';
import { type GenerationResult, generationResultSchema } from '../../src/core/events.ts';
import { modelProviders } from '../../src/engines/catalog.ts';
import { claudeProvider } from '../../src/engines/claude/provider.ts';
import { systemClock } from '../../src/local-generator.ts';
import { prepareModelRuns } from '../../src/server/model-runs.ts';
import { readSettings } from '../../src/server/settings.ts';
import { SimpleTakossOrchestrator } from '../../src/simple-takoss-orchestrator.ts';
import { engineContributions } from '../../src/vscode/contributions.ts';
import { describeEngine } from '../../src/vscode/engine/engine-choice.ts';
import { engineGroups } from '../../src/vscode/engine/model-question.ts';
import { vscodeLmListing } from '../../src/vscode/lm/listing.ts';
import { providersWithEmpty } from '../fixtures/providers/catalog.ts';
import { emptyProvider } from '../fixtures/providers/empty/provider.ts';
import { collect } from '../support/generations.ts';
import { TestServer } from '../support/test-server.ts';

const request = {
  projectName: 'Shed',
  description: '',
  requirements: 'Members borrow tools. A tool has a name and a deposit. Members can play chess against each other.',
};

/** It read nothing, so rules did, and what rules cannot is left out: a clear end. */
function assertClearEnd(result: GenerationResult | undefined): void {
  assert.equal(result?.engine, 'empty');
  assert.match(result.notices?.join('\n') ?? '', /read by rules instead of by empty-1/);
  assert.ok(result.files.some(({ path }) => path === 'package.json'));
  assert.ok((result.slices?.length ?? 0) > 0, 'it was asked to write, too');
  assert.ok(result.slices?.every(({ status, reason }) => status === 'left-out' && reason !== undefined));
}

/** A folder and a line of the catalogue are all there is of it: every surface has to find it there. */
describe('a provider that was added to the catalogue', function () {
  this.timeout(120_000);
  let folder = '';
  const { XDG_CACHE_HOME } = process.env;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-provider-'));
    process.env.XDG_CACHE_HOME = folder;
  });
  after(async () => {
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
    await rm(folder, { recursive: true, force: true });
  });

  it('is chosen on the command line, named by its help, and runs', async () => {
    const words = ['generate', '--name', 'Shed', '--requirements', 'x', '--engine', 'empty', '--checks', 'basic'];
    const invocation = parseInvocation(words, providersWithEmpty);
    assert.ok(invocation.command === 'generate');
    const host = { ask: () => Promise.resolve(undefined), onConnection: () => {}, say: () => {} };
    const generator = await createGenerator(invocation.engine, host);
    const { signal } = new AbortController();
    const { result, error } = await collect(generator.generate(request, { signal }));
    assert.equal(error, undefined);
    assertClearEnd(result);
    assert.match(usageText(providersWithEmpty), /^ +empty +Empty$/m);
    assert.throws(() => parseInvocation(words), /no engine "empty".*offline, claude, remote/);
  });

  it('is chosen for a server, and answers its callers', async () => {
    const { engine } = readSettings({ engine: 'empty' }, {}, providersWithEmpty);
    assert.ok(engine.name === 'model');
    const runs = await prepareModelRuns(engine.provider, engine.options, {
      environment: {},
      folder,
      consent: () => Promise.resolve(false),
      onTestsRefused: () => {},
    });
    const createGenerator = (projectId?: string) => runs.create(systemClock, projectId);
    const server = await TestServer.start({ createGenerator });
    try {
      const body: unknown = await (await server.post('/api/generate', request)).json();
      assertClearEnd(generationResultSchema.parse(body));
    } finally {
      await server.remove();
    }
  });

  it('is chosen in the package', async () => {
    const orchestrator = new SimpleTakossOrchestrator('', { engine: 'empty' }, providersWithEmpty);
    assertClearEnd(await orchestrator.generateApplication(request));
    assert.throws(() => new SimpleTakossOrchestrator('', { engine: 'empty' }), { code: 'invalid-request' });
  });

  it('stands in the question and in the settings of the extension', async () => {
    const groups = await engineGroups({
      providers: providersWithEmpty,
      engine: 'empty',
      hasServer: false,
      modelOf: () => undefined,
      hasCredential: () => Promise.resolve(false),
      modelsOf: async (provider) => (await provider.models()).choices,
    });
    assert.deepEqual(
      groups.map(({ title, items }) => [title, items.map(({ label }) => label)]),
      [
        ['', ['Automatic']],
        ['Claude', ['Set Claude API Key…']],
        ['Empty', ['Empty 1']],
        ['Without a language model', ['Rules only']],
      ],
    );
    const chosen = groups.flatMap(({ items }) => items).filter(({ isCurrent }) => isCurrent);
    assert.deepEqual(
      chosen.map(({ selection }) => selection),
      [{ kind: 'model', provider: emptyProvider, model: undefined }],
    );
    const choice = { kind: 'model', provider: emptyProvider, credential: undefined, model: 'empty-1' } as const;
    assert.deepEqual(describeEngine({ ...choice, label: 'Empty 1' }), { kind: 'empty', label: 'Empty 1' });
    const { engine } = engineContributions([...providersWithEmpty, vscodeLmListing]);
    assert.deepEqual(engine.enum, ['auto', 'offline', 'claude', 'empty', 'vscode-lm', 'remote']);
    assert.equal(engine.enumDescriptions[3], emptyProvider.description);
  });
});

describe('the manifest of the extension', () => {
  it('says of engines what the catalogue says: `npm run manifest` writes it', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    const { commands, configuration } = manifest.contributes;
    const { engine, addresses, titles } = engineContributions([...modelProviders, vscodeLmListing]);
    const { enum: names, enumDescriptions } = configuration.properties['takoss.engine'];
    assert.deepEqual({ enum: names, enumDescriptions }, engine);
    for (const [name, setting] of Object.entries(addresses)) {
      assert.deepEqual(configuration.properties[`takoss.${name}`], setting);
    }
    const titleOf = (id: string) => commands.find(({ command }: { command: string }) => command === id)?.title;
    assert.equal(titleOf('takoss.setClaudeApiKey'), titles.setApiKey);
    assert.equal(titleOf('takoss.clearClaudeApiKey'), titles.clearApiKey);
  });

  it('names whose key it is only where it can be no other', () => {
    const other = { ...claudeProvider, id: 'other', label: 'Other' };
    assert.equal(engineContributions([claudeProvider]).titles.setApiKey, 'Set Claude API Key…');
    assert.equal(engineContributions([claudeProvider, other]).titles.setApiKey, 'Set API Key…');
    assert.ok('other.baseUrl' in engineContributions([other]).addresses);
  });
});
