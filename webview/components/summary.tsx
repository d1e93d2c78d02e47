import type { TrackerState } from '../../src/protocol/messages.ts';
import { formatCount, formatDuration, formatSize } from '../format.ts';

/** What a run that ended well has made: how many files, how large, of what, in what time. */
export function Summary({ run }: { run: TrackerState['run'] }) {
  const bytes = run.files.reduce((sum, file) => sum + file.size, 0);
  const facts = [
    formatCount(run.files.length, 'file'),
    formatSize(bytes),
    ...run.phases.filter(({ name }) => name === 'analysis' || name === 'complexity').map(({ message }) => message),
  ];
  if (run.startedAt !== undefined && run.updatedAt !== undefined) {
    facts.splice(2, 0, `in ${formatDuration(run.updatedAt - run.startedAt)}`);
  }
  return (
    <ul class="summary facts" aria-label="Summary">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}
