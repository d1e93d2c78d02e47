/**
 * The phases in order, with the progress (0 to 100) at which each starts and completes. Apart from the event schemas, so
 * that the tracker can reduce events without carrying a schema library.
 */
export const phases = [
  { name: 'initialization', title: 'Initialization', start: 0, end: 10 },
  { name: 'analysis', title: 'Analysis', start: 10, end: 20 },
  { name: 'complexity', title: 'Complexity', start: 30, end: 40 },
  { name: 'database', title: 'Database', start: 50, end: 60 },
  { name: 'frontend', title: 'Frontend', start: 70, end: 80 },
  { name: 'deployment', title: 'Deployment', start: 90, end: 95 },
  { name: 'complete', title: 'Complete', start: 100, end: 100 },
] as const;
export type PhaseName = (typeof phases)[number]['name'];
