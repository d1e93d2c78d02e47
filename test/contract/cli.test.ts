import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generationResultSchema, streamEventSchema } from '../../src/core/events.ts';
import { readProjectFile } from '../../src/core/project-file.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';

const cli = resolve('dist/cli.js');
/** Makes a run take seconds: whoever wants to interrupt it is never late. */
const slow = ['--import', resolve('test/support/slow-timers.mjs')];
const wishes = 'Authors write posts with a title and a body. Readers comment on posts.';

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line as a process of its own, as a person or a script starts it. */
describe('command line', function () {
  this.timeout(180_000);
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss cli '));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function takoss(
    args: readonly string[],
    options: {
      input?: string | Buffer;
      onOutput?: (child: ChildProcess, length: number) => void;
      isSlow?: boolean;
    } = {},
  ): Promise<Outcome> {
    return new Promise((resolveOutcome, reject) => {
      const child = spawn(process.execPath, [...(options.isSlow ? slow : []), cli, ...args], { cwd: folder });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        options.onOutput?.(child, stdout.length);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.on('error', reject).on('close', (code) => resolveOutcome({ code, stdout, stderr }));
      child.stdin.on('error', () => {}).end(options.input ?? '');
    });
  }

  const generate = (...more: string[]) => ['generate', '--name', 'My Blog', '--requirements', wishes, ...more];

  it('writes the project into a folder named after it, says the phases and what to do next', async () => {
    const { code, stdout, stderr } = await takoss(generate());
    assert.deepEqual([code, stderr], [0, '']);
    for (const title of [
      'Initialization',
      'Analysis',
      'Complexity',
      'Database',
      'Frontend',
      'Deployment',
      'Complete',
    ]) {
      assert.match(stdout, new RegExp(`✓ ${title} +\\d+%`));
    }
    assert.match(stdout, /\nOf the requirements: \d+ of \d+ sentences? covered(, \d+ [a-z ]+)*\.\n/);
    assert.match(stdout, /cd my-blog\n {2}npm ci\n {2}npm run dev/);
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'my-blog/package.json'), 'utf8'));
    assert.ok(typeof manifest === 'object' && manifest !== null && 'name' in manifest);
    assert.equal(manifest.name, 'my-blog');
  });

  it('with --json speaks events line by line, the result last, and nothing else', async () => {
    const { code, stdout, stderr } = await takoss(generate('--json', '--out', 'out'));
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const last = lines.pop();
    for (const line of lines) streamEventSchema.parse(line);
    assert.ok(typeof last === 'object' && last !== null && 'type' in last && 'data' in last);
    assert.equal(last.type, 'result');
    const result = generationResultSchema.parse(last.data);
    for (const { path, sha256 } of result.files) {
      const content = await readFile(join(folder, 'out', path));
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256, path);
    }
    const listed = await readdir(join(folder, 'out'), { recursive: true, withFileTypes: true });
    assert.equal(
      listed.filter((entry) => entry.isFile()).length,
      result.files.length,
      'nothing but the files of the result',
    );
  });

  it('says on standard error that nothing was understood and what to do, in its lines too, and ends with 0', async () => {
    const nonsense = ['generate', '--name', 'Glarp', '--requirements', 'Glarp the xyzzy. Wibble frotz quuxly.'];
    const { code, stdout, stderr } = await takoss(nonsense);
    assert.equal(code, 0);
    assert.match(stderr, /^takoss: Warning: Takoss did not understand any of the requirements.*such as “.+”/);
    assert.match(stdout, /! Complete +100% {2}Nothing in the requirements was understood/);
    assert.doesNotMatch(stdout, /✓ Complete|Successfully/);
    assert.match(stdout, /^Of the requirements: 0 of 2 sentences covered\.$/m);

    const asJson = await takoss([...nonsense, '--json', '--out', 'json']);
    assert.equal(asJson.code, 0);
    assert.match(asJson.stderr, /^takoss: Warning: /);
    const last: unknown = JSON.parse(asJson.stdout.trimEnd().split('\n').at(-1) ?? '');
    assert.ok(typeof last === 'object' && last !== null && 'data' in last);
    assert.equal(generationResultSchema.parse(last.data).warning?.code, 'nothing-understood');
  });

  it('tells what is missing of sentences that are covered in part', async () => {
    const text = 'Members lend books. When a member borrows a book, the system sends the owner an e-mail.';
    const { stdout } = await takoss(['generate', '--name', 'Library', '--requirements', text]);
    assert.match(stdout, /^Of the requirements: 1 of 2 sentences covered, 1 in part\.$/m);
    assert.match(stdout, /e-mail.* is not built/);
  });

  it('says how to pass requirements that begin with a dash', async () => {
    const { code, stderr } = await takoss(['generate', '--name', 'A', '--requirements', '- Members lend books']);
    assert.equal(code, 2);
    assert.match(stderr, /--requirements="- …"/);
    const passed = await takoss(['generate', '--name', 'A', '--requirements=- Members lend books']);
    assert.equal(passed.code, 0);
  });

  it('reads requirements from standard input and from a file', async () => {
    await writeFile(join(folder, 'wishes.txt'), wishes);
    const fromFile = await takoss(['generate', '--name', 'A', '--requirements-file', 'wishes.txt', '--json']);
    const fromInput = await takoss(['generate', '--name', 'B', '--requirements-file', '-', '--json'], {
      input: wishes,
    });
    assert.deepEqual([fromFile.code, fromInput.code], [0, 0]);
    assert.match(fromInput.stdout, /"entity:Post"/);
  });

  const invalid: readonly [what: string, args: readonly string[], says: RegExp, input?: Buffer][] = [
    ['an empty name', ['generate', '--name', '', '--requirements', 'x'], /has no name/],
    ['a long name', ['generate', '--name', 'n'.repeat(300), '--requirements', 'x'], /300 characters/],
    ['a path for a name', ['generate', '--name', '../../etc', '--requirements', 'x'], /looks like a path/],
    ['an emoji for a name', ['generate', '--name', '🚀', '--requirements', 'x'], /no letter or digit/],
    ['empty requirements', ['generate', '--name', 'A', '--requirements', ''], /requirements are empty/],
    ['symbols for requirements', ['generate', '--name', 'A', '--requirements', '!!! ***'], /no words/],
    [
      'a megabyte',
      ['generate', '--name', 'A', '--requirements-file', '-'],
      /Shorten them/,
      Buffer.alloc(1 << 20, 'word '),
    ],
    [
      'a gigantic file',
      ['generate', '--name', 'A', '--requirements-file', '-'],
      /larger than 8 MB/,
      Buffer.alloc(9 << 20, 'a'),
    ],
    [
      'a picture',
      ['generate', '--name', 'A', '--requirements-file', '-'],
      /not a UTF-8 text/,
      Buffer.from([0x89, 0x50, 0xff, 0]),
    ],
    ['a missing file', ['generate', '--name', 'A', '--requirements-file', 'nowhere.txt'], /no file nowhere\.txt/],
    ['a folder for a file', ['generate', '--name', 'A', '--requirements-file', '.'], /is a folder/],
    ['an unknown option', ['generate', '--nmae', 'A'], /takoss --help/],
  ];
  for (const [what, args, says, input] of invalid) {
    it(`refuses ${what} with exit code 2 and a sentence`, async () => {
      const outcome = await takoss(args, input ? { input } : {});
      assert.equal(outcome.code, 2);
      assert.match(outcome.stderr, says);
      assert.doesNotMatch(outcome.stderr, /\n\s+at /, 'no stack trace');
      assert.deepEqual(await readdir(folder), []);
    });
  }

  it('with --json says an invalid request as an error event too', async () => {
    const { code, stdout } = await takoss(['generate', '--name', '..', '--requirements', 'x', '--json']);
    assert.equal(code, 2);
    const event = streamEventSchema.parse(JSON.parse(stdout));
    assert.ok(event.type === 'error');
    assert.deepEqual([event.data?.code, event.data?.field], ['invalid-request', 'projectName']);
  });

  it('overwrites nothing by default, names what is in the way, and replaces it when asked to', async () => {
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'out/README.md'), 'my own words');
    await writeFile(join(folder, 'out/notes.txt'), 'mine');
    const refused = await takoss(generate('--out', 'out'));
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /README\.md.*Nothing was written/);
    assert.deepEqual((await readdir(join(folder, 'out'))).sort(), ['README.md', 'notes.txt']);
    assert.equal(await readFile(join(folder, 'out/README.md'), 'utf8'), 'my own words');

    const replaced = await takoss(generate('--out', 'out', '--overwrite'));
    assert.equal(replaced.code, 0);
    assert.match(await readFile(join(folder, 'out/README.md'), 'utf8'), /My Blog/);
    assert.equal(await readFile(join(folder, 'out/notes.txt'), 'utf8'), 'mine');
  });

  it('keeps the ids of a project that it generates again from other words', async () => {
    const file = join(folder, 'my-blog', 'takoss.json');
    const idsIn = async () => {
      const { blueprint } = readProjectFile(await readFile(file, 'utf8'), fieldTypes);
      return new Map(blueprint.entities.map(({ name, id, fields }) => [name, { id, fields }] as const));
    };
    await takoss(generate());
    // As a rename leaves it: the id is that of an earlier name.
    const kept = JSON.parse(await readFile(file, 'utf8'));
    const post = kept.blueprint.entities.find(({ name }: { name: string }) => name === 'Post');
    post.id = 'article';
    post.fields.find(({ name }: { name: string }) => name === 'body').id = 'content';
    for (const use of kept.blueprint.modules) use.entities = ['article'];
    await writeFile(file, JSON.stringify(kept));

    const more = `${wishes} Editors keep a list of sponsors.`;
    const again = ['generate', '--name', 'My Blog', '--requirements', more, '--overwrite'];
    assert.equal((await takoss(again)).code, 0);
    const ids = await idsIn();
    assert.equal(ids.get('Post')?.id, 'article');
    assert.equal(ids.get('Post')?.fields.find(({ name }) => name === 'body')?.id, 'content');
    assert.equal(ids.get('Sponsor')?.id, 'sponsor');
    assert.doesNotMatch(await readFile(file, 'utf8'), /"previous"/);

    await writeFile(file, 'not a project');
    const { code, stdout } = await takoss(again);
    assert.equal(code, 0);
    assert.match(stdout, /get new ids, .* takoss\.json cannot be read/);
    assert.equal((await idsIn()).get('Post')?.id, 'post');
  });

  it('runs again over its own output without a conflict', async () => {
    assert.equal((await takoss(generate())).code, 0);
    assert.equal((await takoss(generate())).code, 0);
  });

  it('writes through no link that lies in the target', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await mkdir(join(folder, 'out'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'out/src'));
    const { code } = await takoss(generate('--out', 'out', '--overwrite'));
    assert.equal(code, 1);
    assert.deepEqual(await readdir(join(folder, 'elsewhere')), []);
  });

  it('fails with a sentence where it cannot write', async () => {
    await writeFile(join(folder, 'file'), '');
    for (const out of ['file', 'file/below']) {
      const { code, stderr } = await takoss(generate('--out', out));
      assert.equal(code, 1, out);
      assert.match(stderr, /Choose (a|another) folder/);
    }
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('gives up where the system says that a new folder is missing', async () => {
    const { code, stderr } = await takoss(generate('--out', '/proc/takoss-test/app'));
    assert.equal(code, 1);
    assert.match(stderr, /cannot be made there. Choose another folder/);
  });

  it('refuses an empty --out instead of writing here', async () => {
    const { code, stderr } = await takoss(generate('--out', ''));
    assert.equal(code, 2);
    assert.match(stderr, /--out is empty/);
    assert.deepEqual(await readdir(folder), []);
  });

  it('is cancelled with a sentence when the reader of its output goes', async () => {
    const { code, stderr } = await takoss(generate('--json', '--out', 'out'), {
      isSlow: true,
      onOutput: (child) => void child.stdout?.destroy(),
    });
    assert.equal(code, 130);
    assert.match(stderr, /Nobody reads the output any more|run was cancelled/);
    assert.doesNotMatch(stderr, /EPIPE/);
    assert.deepEqual(await readdir(folder), []);
  });

  it('ends with 130 on Ctrl-C, and leaves no file', async () => {
    for (const atLength of [1, 20_000, 100_000]) {
      let isInterrupted = false;
      const outcome = await takoss(generate('--json', '--out', 'out'), {
        isSlow: true,
        onOutput: (child, length) => {
          if (!isInterrupted && length >= atLength) isInterrupted = child.kill('SIGINT');
        },
      });
      assert.equal(outcome.code, 130);
      assert.match(outcome.stderr, /cancelled\. No files were written/);
      assert.deepEqual(await readdir(folder), []);
    }
  });

  it('ends with 130 when it is interrupted while reading standard input', async () => {
    const child = spawn(process.execPath, [cli, 'generate', '--name', 'A', '--requirements-file', '-'], {
      cwd: folder,
    });
    const closed = new Promise((resolveCode) => child.on('close', resolveCode));
    child.stdin.on('error', () => {});
    // More than a pipe holds: once all of it is taken, the process is reading.
    child.stdin.write(Buffer.alloc(1 << 20, 'word '), () => child.kill('SIGINT'));
    assert.equal(await closed, 130);
  });
});
