import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Pixels from the end that still count as being at the end: zoomed pages scroll by fractions. */
const tolerance = 8;

/**
 * Keeps a scrolling element at its end while its content grows, until the user scrolls up; back at the end, it follows
 * again.
 * @param subject what is shown; another subject is followed from the start
 */
export function useFollowEnd<E extends HTMLElement>(subject: unknown) {
  const element = useRef<E>(null);
  const lastTop = useRef(0);
  const [isFollowing, setFollowing] = useState(true);
  const follows = useRef(true);

  const follow = useCallback((value: boolean) => {
    follows.current = value;
    setFollowing(value);
  }, []);

  const onScroll = useCallback(() => {
    const box = element.current;
    if (box === null) return;
    const isAtEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - tolerance;
    // Content that grows fires no scroll event, but may have grown before one is delivered: only upwards is leaving.
    if (isAtEnd) follow(true);
    else if (box.scrollTop < lastTop.current) follow(false);
    lastTop.current = box.scrollTop;
  }, [follow]);

  // Runs for every new subject.
  useLayoutEffect(() => follow(true), [subject, follow]);
  useLayoutEffect(() => {
    const box = element.current;
    if (box !== null && follows.current) box.scrollTop = box.scrollHeight;
  });

  return { element, onScroll, isFollowing, follow };
}
