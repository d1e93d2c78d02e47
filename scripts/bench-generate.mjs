import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Time of a whole generation from cold: the median over processes of `takoss generate` for a blog of posts, comments,
 * categories and tags, from the start of the process to its end, files on disk. With the machine's own Node, and beside
 * it what that Node needs to start and do nothing.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const runs = 10;
const aim = 0.7;
const requirements = `
- Authors write posts with a title, a body and a publication date.
- Readers leave comments with a name, an email and a text. A comment belongs to a post.
- Every post belongs to a category. A category has a name and a description.
- Posts have many tags. A tag has a name.
- Visitors can search posts by title and filter them by category.
`;

/** npm puts the pinned Node first on the path; the machine's is what users have. */
function machineNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes(`node_modules${sep}`));
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? process.execPath;
}

/** @returns {number} seconds */
function time(program, args) {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}.\n${stderr}`);
  return (performance.now() - started) / 1000;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

const cli = join(root, 'dist', 'cli.js');
if (!existsSync(cli)) throw new Error('There is no dist/cli.js. Run `npm run build` first.');
const node = machineNode();
const scratch = mkdtempSync(join(tmpdir(), 'takoss-bench-'));
try {
  const nothing = [];
  const generate = [];
  for (let run = 0; run < runs; run += 1) {
    nothing.push(time(node, ['-e', '0']));
    const out = join(scratch, String(run));
    generate.push(
      time(node, [cli, 'generate', '--name', 'Blog', '--requirements', requirements, '--out', out, '--json']),
    );
  }
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const [base, whole] = [median(nothing), median(generate)];
  console.log(`takoss generate, four entities, Node ${version}, whole process, median of ${runs}:`);
  console.log(`  ${whole.toFixed(3)} s (aim: under ${aim} s), best ${Math.min(...generate).toFixed(3)} s`);
  console.log(`  ${(whole / base).toFixed(1)} times what Node needs to do nothing (${base.toFixed(3)} s)`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
