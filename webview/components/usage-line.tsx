import { usageFacts } from '../../src/core/run-words.ts';
import type { TrackerState } from '../../src/protocol/messages.ts';
import { pure } from './pure.tsx';

interface UsageLineProps {
  readonly usage: NonNullable<TrackerState['run']['usage']>;
  /** What the whole run was expected to use; left out once that is of no interest any more. */
  readonly estimate: TrackerState['run']['estimate'];
}

/** What the model has used and costs so far, and how much of the budget that is. */
export const UsageLine = pure(({ usage, estimate }: UsageLineProps) => (
  <div class="usage" title={`Model: ${usage.model}`}>
    <ul class="facts" aria-label="Model usage">
      {usageFacts(usage, estimate).map((fact, index) => (
        // Facts change several times a second; their places do not.
        <li key={index}>{fact}</li>
      ))}
    </ul>
    <BudgetBar usage={usage} />
  </div>
));

/** How much of the budget is spent; nothing without one. */
function BudgetBar({ usage: { costUsd, budgetUsd } }: Pick<UsageLineProps, 'usage'>) {
  if (costUsd === undefined || budgetUsd === undefined || budgetUsd === 0) return null;
  const share = Math.min(1, costUsd / budgetUsd);
  const percent = Math.round(share * 100);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the look of a meter element cannot be had from the theme alone
    <div
      class="bar is-budget"
      role="meter"
      aria-label="Budget"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${percent}% of the budget spent`}
    >
      <div class="bar-fill" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
