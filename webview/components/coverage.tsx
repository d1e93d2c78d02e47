import { coverageFacts } from '../../src/core/run-words.ts';
import type { CoverageSummary, NotedSentence } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';
import { Section, type SectionFolding } from './section.tsx';

interface CoverageProps extends SectionFolding {
  readonly coverage: CoverageSummary;
}

/** How much of the requirements the application answers, and what it leaves out and why. */
export function Coverage({ coverage, ...folding }: CoverageProps) {
  const { uncovered, inPart, leftOut, later, context } = coverage;
  const lists = [
    { label: 'Not covered', icon: 'circle-outline', isMissing: true, sentences: uncovered },
    { label: 'Covered in part', icon: 'color-mode', isMissing: true, sentences: inPart },
    { label: 'Left out as asked', icon: 'circle-slash', sentences: leftOut.map(plain) },
    { label: 'For later', icon: 'history', sentences: later.map(plain) },
    { label: 'Asks for nothing', icon: 'comment', sentences: context.map(plain) },
  ].filter(({ sentences }) => sentences.length > 0);
  // The header has room for one fact; the titles of the lists say the others.
  const [covered] = coverageFacts(coverage);
  const hasTitles = lists.length > 1 || lists[0]?.sentences !== uncovered;
  return (
    <Section name="coverage" title="Requirements" aside={covered} {...folding}>
      {uncovered.length + inPart.length === 0 && (
        <p class="coverage-complete">
          <Icon name="pass" />
          Every sentence that asks for something is covered.
        </p>
      )}
      {lists.map((list) => (
        <Sentences key={list.label} hasTitle={hasTitles} {...list} />
      ))}
    </Section>
  );
}

interface SentencesProps {
  readonly label: string;
  readonly icon: string;
  /** Whether the user asked for it and does not have it. */
  readonly isMissing?: boolean;
  readonly sentences: readonly Partial<NotedSentence>[];
  /** Where there are several lists, each says what it is. */
  readonly hasTitle: boolean;
}

/** Sentences with what is to be said about each. */
function Sentences({ label, icon, isMissing = false, sentences, hasTitle }: SentencesProps) {
  return (
    <>
      {hasTitle && (
        <h3 class="coverage-title">
          {label} <span class="coverage-count">{sentences.length}</span>
        </h3>
      )}
      <ul class={isMissing ? 'uncovered is-missing' : 'uncovered'} aria-label={label}>
        {sentences.map(({ text, note }, index) => (
          <li key={index}>
            <Icon name={icon} />
            <bdi class="uncovered-text">{text}</bdi>
            {note !== undefined && <span class="uncovered-note">{note}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function plain(text: string): Partial<NotedSentence> {
  return { text };
}
