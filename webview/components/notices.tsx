import type { TrackerState } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';
import { pure } from './pure.tsx';

interface NoticesProps {
  readonly notices: TrackerState['run']['notices'];
}

/** What the user has to know. It stays in view, whatever is scrolled; the live region of the page reads it out. */
export const Notices = pure(({ notices }: NoticesProps) => (
  // biome-ignore lint/a11y/noRedundantRoles: a list without bullets loses its role in some screen readers
  <ul class="notices" role="list" aria-label="Notices">
    {notices.map((notice) => (
      <li key={notice}>
        <Icon name="info" />
        <span>{notice}</span>
      </li>
    ))}
  </ul>
));
