import assert from 'node:assert/strict';
import { parseInvocation } from '../../../src/cli/arguments.ts';
import { TakossError } from '../../../src/core/errors.ts';

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
  });

  it('reads how to serve and how to make a key', () => {
    assert.deepEqual(parseInvocation(['serve', '--port', '80', '--host', '::', '--data-dir', 'x']), {
      command: 'serve',
      flags: { host: '::', port: '80', dataDir: 'x' },
    });
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
    ['an unknown option', ['generate', '--nam', 'x'], /--nam/],
    [
      'a name without quotes',
      ['generate', '--name', 'Blog', 'Platform', '--requirements', 'y'],
      /"Platform" was not expected/,
    ],
    ['an option without its value', ['generate', '--name'], /--name/],
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
