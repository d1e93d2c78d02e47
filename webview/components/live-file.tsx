import type { TrackerState } from '../../src/protocol/messages.ts';
import { useFollowEnd } from './follow-end.ts';
import { Icon } from './icon.tsx';
import { pure } from './pure.tsx';
import { Section, type SectionFolding } from './section.tsx';

interface LiveFileProps extends SectionFolding {
  readonly live: NonNullable<TrackerState['run']['live']>;
  readonly isWriting: boolean;
}

/** The file being written, as it is written. */
export const LiveFile = pure(({ live, isWriting, ...folding }: LiveFileProps) => {
  const title = (
    <>
      <span class="live-path">
        <bdi>{live.path}</bdi>
      </span>
      {isWriting && <Icon name="edit" label="being written" />}
    </>
  );
  return (
    <Section name="live" title={title} {...folding}>
      <LiveText live={live} />
    </Section>
  );
});

function LiveText({ live }: Pick<LiveFileProps, 'live'>) {
  const { element, onScroll, isFollowing, follow } = useFollowEnd<HTMLElement>(live.path);
  return (
    <div class="live">
      {/* Browsers let the keyboard into what scrolls and holds nothing to focus. */}
      <section class="live-scroll" ref={element} onScroll={onScroll} aria-label={`Text of ${live.path}`}>
        {live.isTail && <p class="live-cut">Earlier lines are not shown</p>}
        <pre class="live-text">{live.text}</pre>
      </section>
      {!isFollowing && (
        <button
          type="button"
          class="live-follow"
          title="Follow the end"
          aria-label="Follow the end"
          onClick={() => follow(true)}
        >
          <Icon name="arrow-down" />
        </button>
      )}
    </div>
  );
}
