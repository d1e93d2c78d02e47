import type { Blueprint, Entity, Feature } from './blueprint.ts';
import type { Complexity, FunctionalProcess } from './events.ts';

/**
 * The size of an application in COSMIC function points (ISO/IEC 19761): every functional process is broken into
 * data movements, one point each. An Entry brings a data group in from a person, an Exit takes one out, a Read and a
 * Write move one from and to storage. All messages of a process (confirmation, errors) are together one Exit.
 */

/** The CFP at which the score reaches 100: `20 · 75`, the size of a large business system. */
const pointsPerUnit = 20;
const unitsAtFullScore = 76;

/** `min(100, 100 · ln(1 + CFP / 20) / ln 76)`, rounded: each doubling of the size adds about the same. */
export function complexityScore(cfp: number): number {
  return Math.round(Math.min(100, (100 * Math.log(1 + cfp / pointsPerUnit)) / Math.log(unitsAtFullScore)));
}

/** Counts the functional processes of a blueprint: one per feature, except those that move no data of their own. */
export function measureComplexity(blueprint: Blueprint): Complexity {
  const processes = blueprint.features.flatMap((feature) => {
    const movements = countMovements(feature, blueprint);
    if (movements === undefined) return [];
    const { entry, exit, read, write } = movements;
    const process: FunctionalProcess = { name: feature.title, ...movements, cfp: entry + exit + read + write };
    return feature.entity === undefined ? [process] : [{ ...process, entity: feature.entity }];
  });
  const cfp = processes.reduce((sum, process) => sum + process.cfp, 0);
  return { score: complexityScore(cfp), cfp, processes };
}

interface Movements {
  entry: number;
  exit: number;
  read: number;
  write: number;
}

function countMovements(feature: Feature, blueprint: Blueprint): Movements | undefined {
  const entity = blueprint.entities.find((candidate) => candidate.name === feature.entity);
  switch (feature.kind) {
    case 'theme':
    case 'sort':
      // Colours are no data; sorting is a control command on a list that is already counted.
      return undefined;
    case 'content':
      return { entry: 1, exit: 1, read: 0, write: 0 };
    case 'custom':
      return entity ? { entry: 1, exit: 2, read: 1, write: 1 } : { entry: 1, exit: 2, read: 0, write: 0 };
    default:
      return entity ? countRecordMovements(feature.kind, entity, blueprint) : undefined;
  }
}

function countRecordMovements(
  kind: 'list' | 'view' | 'create' | 'update' | 'delete' | 'search' | 'filter',
  entity: Entity,
  blueprint: Blueprint,
): Movements {
  const targets = new Set(entity.relations.map((relation) => relation.target)).size;
  const links = entity.relations.filter((relation) => relation.kind === 'many-to-many').length;
  const holders = blueprint.entities.filter((other) =>
    other.relations.some((relation) => relation.target === entity.name),
  ).length;
  switch (kind) {
    case 'list':
    case 'search':
    case 'filter':
      // The query comes in; the records, with the names of what they belong to, and the messages go out.
      return { entry: 1, exit: 2, read: 1 + targets, write: 0 };
    case 'view':
      // The record page also lists the records that point to it.
      return { entry: 1, exit: 2 + holders, read: 1 + targets + holders, write: 0 };
    case 'create':
      // What is referred to is read to be chosen and checked; each link table is written besides the record.
      return { entry: 1, exit: 1, read: targets, write: 1 + links };
    case 'update':
      return { entry: 1, exit: 2, read: 1 + targets, write: 1 + links };
    case 'delete':
      return { entry: 1, exit: 1, read: 0, write: 1 };
  }
}
