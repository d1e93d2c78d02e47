import type { CoverageSummary } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';
import { Section, type SectionFolding } from './section.tsx';

interface CoverageProps extends SectionFolding {
  readonly coverage: CoverageSummary;
}

/** How much of the requirements the application answers, and what it leaves out and why. */
export function Coverage({ coverage, ...folding }: CoverageProps) {
  const { sentences, covered, uncovered } = coverage;
  return (
    <Section
      name="coverage"
      title="Requirements"
      aside={`${covered} of ${sentences} ${sentences === 1 ? 'sentence' : 'sentences'} covered`}
      {...folding}
    >
      {uncovered.length === 0 ? (
        <p class="coverage-complete">
          <Icon name="pass" />
          Every sentence is covered.
        </p>
      ) : (
        <ul class="uncovered" aria-label="Not covered">
          {uncovered.map(({ text, note }, index) => (
            <li key={index}>
              <Icon name="circle-outline" />
              <bdi class="uncovered-text">{text}</bdi>
              <span class="uncovered-note">{note}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
