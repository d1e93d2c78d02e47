import { checkFacts } from '../../src/core/run-words.ts';
import type { TrackerState } from '../../src/protocol/messages.ts';
import type { Outcome } from '../outcome.ts';
import { Icon } from './icon.tsx';
import { pure } from './pure.tsx';
import { Section, type SectionFolding } from './section.tsx';

type Slice = TrackerState['run']['slices'][number];

interface SliceListProps extends SectionFolding {
  readonly slices: readonly Slice[];
  readonly outcome: Outcome;
}

/** The features that the model writes, and what became of each. */
export const SliceList = pure(({ slices, outcome, ...folding }: SliceListProps) => {
  const ready = slices.filter(({ status }) => status === 'accepted').length;
  return (
    <Section name="slices" title="Features" aside={`${ready} of ${slices.length} ready`} {...folding}>
      {/* biome-ignore lint/a11y/noRedundantRoles: a list without bullets loses its role in some screen readers */}
      <ul class="slices" role="list" aria-label="Features written by the model">
        {slices.map((slice) => (
          <SliceRow key={slice.feature} slice={slice} isRunning={outcome === 'running'} />
        ))}
      </ul>
    </Section>
  );
});

/** Two lines high from start to end; only a reason, which must be read in full, may take more. */
const SliceRow = pure(({ slice, isRunning }: { slice: Slice; isRunning: boolean }) => {
  const { status, title } = slice;
  const isSettled = status === 'accepted' || status === 'left-out';
  const look = looks[isSettled || isRunning ? status : 'unfinished'];
  return (
    <li class={`slice is-${status}`}>
      <Icon name={look.icon} spin={look.icon === 'loading'} />
      <bdi class="slice-title" title={title}>
        {title}
      </bdi>
      <span class="slice-status">{[look.word, ...details(slice)].join(' · ')}</span>
    </li>
  );
});

const looks: Readonly<Record<Slice['status'] | 'unfinished', { readonly icon: string; readonly word: string }>> = {
  writing: { icon: 'loading', word: 'Writing' },
  checking: { icon: 'loading', word: 'Checking' },
  repairing: { icon: 'loading', word: 'Repairing what the checks found' },
  accepted: { icon: 'pass-filled', word: 'Ready' },
  'left-out': { icon: 'circle-slash', word: 'Left out' },
  unfinished: { icon: 'circle-outline', word: 'Not finished' },
};

function details(slice: Slice): readonly string[] {
  if (slice.status === 'accepted') return checkFacts(slice);
  return slice.status === 'left-out' && slice.reason !== undefined ? [slice.reason] : [];
}
