import type { TrackerState } from '../../src/protocol/messages.ts';
import { formatCount } from '../format.ts';
import { Chips } from './chips.tsx';
import { pure } from './pure.tsx';
import { Section, type SectionFolding } from './section.tsx';

interface FoundProps extends SectionFolding {
  readonly found: TrackerState['run']['found'];
}

/** What the model read out of the requirements. While it reads, the same stands in the row of the analysis. */
export const Found = pure(({ found: { entities, features }, ...folding }: FoundProps) => (
  <Section
    name="found"
    title="Found"
    aside={`${formatCount(entities.length, 'entity', 'entities')}, ${formatCount(features.length, 'feature')}`}
    {...folding}
  >
    <div class="found">
      <Chips kind="entities" names={entities} />
      <Chips kind="features" names={features} />
    </div>
  </Section>
));
