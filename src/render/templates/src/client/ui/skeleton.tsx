/** A place holder while content loads. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <span aria-hidden="true" className={`block motion-safe:animate-pulse rounded-md bg-line ${className}`} />;
}

/** The words that say to a screen reader what the place holders say to the eye. */
export function Loading({ label = 'Loading…' }: { label?: string }) {
  return (
    <p role="status" className="sr-only">
      {label}
    </p>
  );
}
