import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TakossError } from '../../../src/core/errors.ts';
import { FolderLock, findOwner } from '../../../src/server/folder-lock.ts';
import { skip } from '../../support/skip.ts';

const url = 'http://127.0.0.1:3000';
const lockModule = resolve('src/server/folder-lock.ts');

/** Takes the folder in a process of its own, says so, and stays. */
const holder = (folder: string) => `
  const { FolderLock } = await import(${JSON.stringify(lockModule)});
  await FolderLock.acquire(${JSON.stringify(folder)}, ${JSON.stringify(url)});
  process.stdout.write('taken\\n');
  setInterval(() => {}, 1000);
`;

async function refusal(folder: string): Promise<TakossError> {
  try {
    const lock = await FolderLock.acquire(folder, url);
    await lock.release();
  } catch (error) {
    assert.ok(error instanceof TakossError, String(error));
    return error;
  }
  assert.fail('The folder was given away twice.');
}

describe('the lock of a data folder', function () {
  this.timeout(120_000);
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-lock-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const sockets = async () => (await readdir(join(folder, 'lock'))).length;

  it('is refused to a second, by name, and given again once the first has let go', async () => {
    const first = await FolderLock.acquire(folder, url);
    const { code, message } = await refusal(folder);
    assert.equal(code, 'write-conflict');
    assert.match(message, new RegExp(`process ${process.pid} on .*, ${url}\\) uses the data folder ${folder}\\.`));
    assert.deepEqual((await findOwner(folder))?.pid, process.pid);
    assert.equal(await sockets(), 1);
    await first.release();
    assert.equal(await findOwner(folder), undefined);
    await (await FolderLock.acquire(folder, url)).release();
    assert.equal(await sockets(), 0);
  });

  it('makes a folder that is not there, and says which one it cannot make', async () => {
    await (await FolderLock.acquire(join(folder, 'a', 'b'), url)).release();
    await writeFile(join(folder, 'file'), '');
    const error = await refusal(join(folder, 'file', 'c'));
    assert.equal(error.code, 'write-failed');
    assert.match(error.message, /file\/c cannot be made \(ENOTDIR\)\. Choose another/);
  });

  it('holds in a folder whose name is longer than the path of a socket may be', async () => {
    const long = join(folder, 'd'.repeat(120));
    await mkdir(long);
    const first = await FolderLock.acquire(long, url);
    assert.equal((await refusal(long)).code, 'write-conflict');
    assert.equal(first.warning, undefined);
    await first.release();
  });

  it('goes to exactly one of ten at the same instant, thirty times over', async () => {
    for (let round = 0; round < 30; round += 1) {
      const all = await Promise.allSettled(Array.from({ length: 10 }, () => FolderLock.acquire(folder, url)));
      const won = all.filter((one) => one.status === 'fulfilled');
      assert.equal(won.length, 1, `round ${round}`);
      for (const { value } of won) await value.release();
    }
  });

  it('ends with a process that is killed, and what that leaves is removed', async () => {
    for (let time = 0; time < 2; time += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', holder(folder)]);
      await once(child.stdout, 'data');
      assert.equal((await refusal(folder)).code, 'write-conflict');
      child.kill('SIGKILL');
      await once(child, 'exit');
      assert.equal(await sockets(), 1);
    }
    // A start that was killed before anybody could see it.
    await writeFile(join(folder, 'lock', 'abc.tmp'), '');
    const lock = await FolderLock.acquire(folder, url);
    assert.equal(await sockets(), 1);
    await lock.release();
  });

  it('is held by a process that answers nothing, too', async function () {
    if (process.platform === 'win32') skip(this, 'Windows stops no process. Nothing is to be done there.');
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder(folder)]);
    try {
      await once(child.stdout, 'data');
      child.kill('SIGSTOP');
      const { code, message } = await refusal(folder);
      assert.equal(code, 'write-conflict');
      assert.match(message, /^Another Takoss server uses the data folder/);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  it('keeps out a container that shares the folder and nothing else: neither processes nor network', async function () {
    const apart = ['--pid', '--fork', '--net', '--uts', '--ipc', '--kill-child'];
    if (spawnSync('unshare', [...apart, 'true']).status !== 0) {
      skip(this, 'Processes could not be set apart. Run the tests as root on Linux to include this one.');
    }
    const child = spawn('unshare', [...apart, process.execPath, '--input-type=module', '-e', holder(folder)]);
    try {
      await once(child.stdout, 'data');
      assert.match((await refusal(folder)).message, /\(process 1 on /);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
});
