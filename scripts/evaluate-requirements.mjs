/**
 * Runs the offline engine over a file of requirement texts and says how well it read them: `node
 * scripts/evaluate-requirements.mjs FILE.jsonl [--show N]`. A line of the file is an object with `instruction`, `text` or
 * `Text`, and what a good answer contains: `data_structures` (phrases) or `classes` (names).
 */
import { readFile } from 'node:fs/promises';
import { argv, exit } from 'node:process';
import { splitCoverage } from '../src/core/coverage-parts.ts';
import { finishBlueprint } from '../src/core/finish-blueprint.ts';
import { OfflineEngine } from '../src/engines/offline/offline-engine.ts';
import { fieldTypes } from '../src/field-types/catalog.ts';
import { moduleSpecs } from '../src/modules/catalog.ts';
import { cssColours } from '../src/reading/css-colours.ts';
import { singular, wordsOf } from '../src/reading/words.ts';

const [file, flag, count] = argv.slice(2);
if (file === undefined) {
  console.error('Name a JSONL file: node scripts/evaluate-requirements.mjs FILE.jsonl [--show N]');
  exit(2);
}
const show = flag === '--show' ? Number(count ?? 10) : 0;
const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
const engine = new OfflineEngine({ fieldTypes, modules: moduleSpecs });
const totals = {
  rows: 0,
  failed: 0,
  empty: 0,
  expectedEmpty: 0,
  bothEmpty: 0,
  gold: 0,
  found: 0,
  entities: 0,
  right: 0,
  colours: 0,
  coloursFound: 0,
  sentences: 0,
  covered: 0,
  inPart: 0,
};

for (const [index, line] of lines.entries()) {
  const row = JSON.parse(line);
  const requirements = row.instruction ?? row.text ?? row.Text;
  totals.rows++;
  let blueprint;
  try {
    blueprint = finishBlueprint(await analyze({ projectName: 'Sample', description: '', requirements }), fieldTypes);
  } catch (error) {
    totals.failed++;
    console.error(`${row.id ?? index + 1}: ${error instanceof Error ? error.message : error}`);
    continue;
  }
  const names = blueprint.entities.map(({ name }) => name);
  const gold = row.data_structures ?? row.classes;
  const missed = gold ? score(gold, names) : [];
  scoreColours(requirements, blueprint.theme);
  const { covered, inPart } = splitCoverage(blueprint);
  totals.sentences += blueprint.sentences.length;
  totals.covered += covered.length;
  totals.inPart += inPart.length;
  if (names.length === 0) totals.empty++;
  if (index < show)
    console.log(
      `${row.id ?? index + 1}: ${names.join(', ') || '(stores nothing)'}\n    missed: ${missed.join('; ') || '-'}`,
    );
}
report();

async function analyze(request) {
  const run = engine.analyze(request, { signal: new AbortController().signal });
  let next = await run.next();
  while (!next.done) next = await run.next();
  return next.value;
}

/** Counts a phrase as found when a word of it is the head of an entity's name. Returns what was missed. */
function score(gold, names) {
  const heads = names.map((name) => wordsOf(name).map(singular));
  const phrases = gold.map((phrase) => new Set(wordsOf(phrase).map(singular)));
  const missed = [];
  for (const [index, words] of phrases.entries()) {
    totals.gold++;
    if (heads.some((parts) => parts.some((part) => words.has(part)))) totals.found++;
    else missed.push(gold[index]);
  }
  for (const parts of heads) {
    totals.entities++;
    if (phrases.some((words) => parts.some((part) => words.has(part)))) totals.right++;
  }
  if (gold.length === 0) {
    totals.expectedEmpty++;
    if (names.length === 0) totals.bothEmpty++;
  }
  return missed;
}

/** The last sentence of such texts names two colours; both should be in the theme. */
function scoreColours(requirements, theme) {
  const last =
    requirements
      .trim()
      .split(/(?<=[.!?])\s+/)
      .at(-1) ?? '';
  const words = wordsOf(last);
  const values = new Set();
  for (let i = 0; i < words.length; i++) {
    for (let size = 4; size >= 1; size--) {
      const value = cssColours.get(words.slice(i, i + size).join(''));
      if (value === undefined || i + size > words.length) continue;
      values.add(value);
      i += size - 1;
      break;
    }
  }
  if (values.size !== 2) return;
  totals.colours += 2;
  for (const value of values) if (value === theme.background || value === theme.component) totals.coloursFound++;
}

function report() {
  const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
  const { rows, failed, gold, found, entities, right, colours, coloursFound } = totals;
  console.log(`${rows} texts, ${rows - failed} read without an error`);
  console.log(`Expected things found: ${found} of ${gold} (${percent(found, gold)})`);
  console.log(`Entities that were expected: ${right} of ${entities} (${percent(right, entities)})`);
  console.log(`Colours in the theme: ${coloursFound} of ${colours} (${percent(coloursFound, colours)})`);
  console.log(
    `Texts without entities: ${totals.empty}; of ${totals.expectedEmpty} that store nothing, ${totals.bothEmpty} were read so`,
  );
  console.log(
    `Sentences covered: ${totals.covered} of ${totals.sentences} (${percent(totals.covered, totals.sentences)}), in part: ${totals.inPart}`,
  );
}
