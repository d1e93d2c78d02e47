import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

/** The memory that a group of processes takes, in megabytes, by the number of the one that leads it; undefined where the system does not say. */
export async function groupMemory(leader: number): Promise<number | undefined> {
  if (process.platform === 'linux') return await memoryByProc(leader);
  if (process.platform === 'win32') return undefined;
  return await new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-g', String(leader)], (error, output) => {
      resolve(error === null ? output.split('\n').reduce((sum, line) => sum + Number(line), 0) / 1024 : undefined);
    });
  });
}

/** By what Linux tells of processes: small containers have no `ps`. */
async function memoryByProc(leader: number): Promise<number | undefined> {
  const names = await readdir('/proc').catch(() => undefined);
  if (names === undefined) return undefined;
  const sizes = names
    .filter((name) => /^\d+$/.test(name))
    .map(async (name) => {
      // A process may end meanwhile.
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      // After the name of the program, which may hold anything: state, parent, group.
      const group = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
      if (Number(group) !== leader) return 0;
      const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024;
}
