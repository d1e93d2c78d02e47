import assert from 'node:assert/strict';
import { parseInvocation } from '../../../src/cli/arguments.ts';
import { TakossError } from '../../../src/core/errors.ts';
import { modelProviders } from '../../../src/engines/catalog.ts';
import { claudeProvider } from '../../../src/engines/claude/provider.ts';

describe('command line arguments', () => {
  it('reads a generate command', () => {
    assert.deepEqual(
      parseInvocation(['generate', '--name', 'Blog', '--requirements', 'Posts.', '--json', '--out', 'x']),
      {
        command: 'generate',
        name: 'Blog',
        description: '',
        requirements: { text: 'Posts.' },
        out: 'x',
        json: true,
        overwrite: false,
        engine: { name: 'offline' },
      },
    );
  });

  it('reads which engine does the work', () => {
    const engine = (...args: string[]) => {
      const invocation = parseInvocation(['generate', '--name', 'Blog', '--requirements', 'Posts.', ...args]);
      return invocation.command === 'generate' ? invocation.engine : undefined;
    };
    assert.deepEqual(engine('--engine', 'offline'), { name: 'offline' });
    assert.deepEqual(engine('--engine', 'remote', '--endpoint', 'https://x.example'), {
      name: 'remote',
      endpoint: 'https://x.example',
    });
    const nothing = {
      model: undefined,
      budgetUsd: undefined,
      price: undefined,
      effort: undefined,
      fallbackModels: undefined,
      checks: undefined,
      unconfinedTests: false,
      allowedPackages: {},
    };
    assert.deepEqual(engine('--engine', 'auto'), { name: 'auto', providers: modelProviders, options: nothing });
    const packages = ['--allow-package', 'date-fns@4.1.0', '--allow-package', '@visx/shape@4.0.0-alpha.1'];
    assert.deepEqual(
      engine('--engine', 'claude', '--model', 'claude-opus-5-5', '--budget', '$0.50', '--checks', 'basic', ...packages),
      {
        name: 'model',
        provider: claudeProvider,
        options: {
          model: 'claude-opus-5-5',
          budgetUsd: 0.5,
          price: undefined,
          effort: undefined,
          fallbackModels: undefined,
          checks: 'basic',
          unconfinedTests: false,
          allowedPackages: { 'date-fns': '4.1.0', '@visx/shape': '4.0.0-alpha.1' },
        },
      },
    );
  });

  it('runs tests that cannot be shut in only where that is said', () => {
    const words = ['--engine', 'claude', '--checks', 'full', '--allow-unconfined-tests'];
    const generate = parseInvocation(['generate', '--name', 'Blog', '--requirements', 'Posts.', ...words]);
    assert.ok(generate.command === 'generate' && generate.engine.name === 'model');
    assert.equal(generate.engine.options.unconfinedTests, true);
    const serve = parseInvocation(['serve', ...words]);
    assert.ok(serve.command === 'serve');
    assert.equal(serve.flags.unconfinedTests, true);
  });

  it('reads how to serve and how to make a key', () => {
    const serve = parseInvocation(['serve', '--port', '80', '--host', '::', '--data-dir', 'x', '--engine', 'claude']);
    assert.ok(serve.command === 'serve');
    const { host, port, dataDir, engine } = serve.flags;
    assert.deepEqual([host, port, dataDir, engine], ['::', '80', 'x', 'claude']);
    assert.deepEqual(parseInvocation(['key', 'create', '--name', 'ci', '--data-dir', 'x']), {
      command: 'key',
      options: { name: 'ci', dataDir: 'x' },
    });
  });

  it('reads requirements from a file or from standard input', () => {
    const source = (path: string) => {
      const invocation = parseInvocation(['generate', '--name', 'Blog', '--requirements-file', path]);
      return invocation.command === 'generate' ? invocation.requirements : undefined;
    };
    assert.deepEqual(source('wishes.md'), { path: 'wishes.md' });
    assert.deepEqual(source('-'), { path: '-' });
  });

  it('takes requirements that begin like an option after an equals sign', () => {
    const invocation = parseInvocation(['generate', '--name', 'Library', '--requirements=- Members can lend books']);
    assert.ok(invocation.command === 'generate');
    assert.deepEqual(invocation.requirements, { text: '- Members can lend books' });
  });

  it('answers --help, --version and nothing at all', () => {
    assert.deepEqual(parseInvocation(['--help']), { command: 'help' });
    assert.deepEqual(parseInvocation(['generate', '-h']), { command: 'help' });
    assert.deepEqual(parseInvocation([]), { command: 'help' });
    assert.deepEqual(parseInvocation(['--version']), { command: 'version' });
  });

  for (const [what, args, says] of [
    ['an unknown command', ['build'], /no command "build"/],
    ['a missing command', ['--name', 'x'], /No command/],
    ['a missing name', ['generate', '--requirements', 'x'], /--name is missing/],
    ['missing requirements', ['generate', '--name', 'x'], /requirements are missing/],
    ['two sources', ['generate', '--name', 'x', '--requirements', 'y', '--requirements-file', 'z'], /both/],
    [
      'an unknown engine',
      ['generate', '--name', 'x', '--requirements', 'y', '--engine', 'magic'],
      /no engine "magic".*offline/,
    ],
    [
      'a remote engine without its address',
      ['generate', '--name', 'x', '--requirements', 'y', '--engine', 'remote'],
      /--endpoint is missing/,
    ],
    [
      'an address without the remote engine',
      ['generate', '--name', 'x', '--requirements', 'y', '--endpoint', 'https://x.example'],
      /--endpoint is for --engine remote/,
    ],
    ...(
      [
        ['the language models of VS Code', ['--engine', 'vscode-lm'], /only inside VS Code/],
        ['a budget without a model', ['--budget', '1'], /--budget is for --engine claude or auto/],
        ['a model for a server', ['--engine', 'remote', '--endpoint', 'https://x', '--model', 'm'], /--model is for/],
        ['a budget that is none', ['--engine', 'claude', '--budget', 'lots'], /--budget is not an amount above zero/],
        ['a budget of nothing', ['--engine', 'claude', '--budget', '0'], /To spend nothing, use the engine offline/],
        ['unknown checks', ['--engine', 'claude', '--checks', 'some'], /--checks is "full" or "basic", not "some"/],
        [
          'unconfined tests where none are run',
          ['--engine', 'claude', '--checks', 'basic', '--allow-unconfined-tests'],
          /--allow-unconfined-tests is for tests, which --checks basic does not run/,
        ],
        [
          'unconfined tests of nobody',
          ['--allow-unconfined-tests'],
          /--allow-unconfined-tests is for --engine claude or auto/,
        ],
        ['a model with spaces', ['--engine', 'claude', '--model', 'Sonnet 5'], /--model is not the name of a model/],
        ['a package without its version', ['--engine', 'claude', '--allow-package', 'date-fns'], /exact version/],
        ['a range of versions', ['--engine', 'claude', '--allow-package', 'date-fns@^4'], /exact version/],
        ['a package from elsewhere', ['--engine', 'claude', '--allow-package', 'a@https://x/1.0.0'], /exact version/],
      ] as const
    ).map(([what, args, says]) => [what, ['generate', '--name', 'x', '--requirements', 'y', ...args], says] as const),
    ['an unknown option', ['generate', '--nam', 'x'], /--nam/],
    [
      'a name without quotes',
      ['generate', '--name', 'Blog', 'Platform', '--requirements', 'y'],
      /"Platform" was not expected/,
    ],
    ['an option without its value', ['generate', '--name'], /--name/],
    [
      'requirements that begin like an option, saying how to pass them',
      ['generate', '--name', 'x', '--requirements', '- Members can lend books'],
      /value of --requirements begins with "-".*--requirements="- …".*--requirements-file -/,
    ],
    [
      'a description that begins like an option, saying how to pass it',
      ['generate', '--description', '-- a shop --', '--name', 'x', '--requirements', 'y'],
      /value of --description begins with "-".*--description="- …"/,
    ],
    ['an option where a value belongs', ['generate', '--name', '--json'], /--name has no value/],
  ] as const) {
    it(`refuses ${what} and points to the help`, () => {
      assert.throws(
        () => parseInvocation(args),
        (error: unknown) => {
          assert.ok(error instanceof TakossError && error.code === 'invalid-request');
          assert.match(error.message, says);
          assert.match(error.message, /takoss --help/);
          return true;
        },
      );
    });
  }
});
