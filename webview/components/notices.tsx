import type { TrackerState } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';
import { pure } from './pure.tsx';

interface NoticesProps {
  readonly notices: TrackerState['run']['notices'];
  /** Why the application is not what was asked for: said before all else. */
  readonly warning: TrackerState['run']['warning'];
}

/** What the user has to know. It stays in view, whatever is scrolled; the live region of the page reads it out. */
export const Notices = pure(({ notices, warning }: NoticesProps) => (
  // biome-ignore lint/a11y/noRedundantRoles: a list without bullets loses its role in some screen readers
  <ul class="notices" role="list" aria-label="Notices">
    {warning !== undefined && (
      <li class="is-warning" key="warning">
        <Icon name="warning" />
        <span>{warning.message}</span>
      </li>
    )}
    {notices.map((notice) => (
      <li key={notice}>
        <Icon name="info" />
        <span>{notice}</span>
      </li>
    ))}
  </ul>
));
