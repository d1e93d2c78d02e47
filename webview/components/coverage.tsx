import { describeCoverage } from '../../src/core/run-words.ts';
import type { CoverageSummary } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';
import { Section, type SectionFolding } from './section.tsx';

interface CoverageProps extends SectionFolding {
  readonly coverage: CoverageSummary;
}

/** How much of the requirements the application answers, and what it leaves out and why. */
export function Coverage({ coverage, ...folding }: CoverageProps) {
  const { sentences, covered, uncovered, inPart = [] } = coverage;
  return (
    <Section
      name="coverage"
      title="Requirements"
      aside={describeCoverage({ sentences, covered, inPart: inPart.length })}
      {...folding}
    >
      {uncovered.length + inPart.length === 0 ? (
        <p class="coverage-complete">
          <Icon name="pass" />
          Every sentence is covered.
        </p>
      ) : (
        <>
          <Sentences label="Not covered" icon="circle-outline" sentences={uncovered} hasTitle={inPart.length > 0} />
          <Sentences label="Covered in part" icon="color-mode" sentences={inPart} hasTitle={true} />
        </>
      )}
    </Section>
  );
}

interface SentencesProps {
  readonly label: string;
  readonly icon: string;
  readonly sentences: CoverageSummary['uncovered'];
  /** Where there are two lists, each says what it is. */
  readonly hasTitle: boolean;
}

/** Sentences with what is to be said about each. */
function Sentences({ label, icon, sentences, hasTitle }: SentencesProps) {
  if (sentences.length === 0) return null;
  return (
    <>
      {hasTitle && <h3 class="coverage-title">{label}</h3>}
      <ul class="uncovered" aria-label={label}>
        {sentences.map(({ text, note }, index) => (
          <li key={index}>
            <Icon name={icon} />
            <bdi class="uncovered-text">{text}</bdi>
            <span class="uncovered-note">{note}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
