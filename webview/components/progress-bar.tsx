interface ProgressBarProps {
  /** What is progressing, for screen readers. */
  readonly label: string;
  /** 0 to 100. */
  readonly percent: number;
}

/** A bar that fills. Scaled rather than sized, so that filling needs no layout. */
export function ProgressBar({ label, percent }: ProgressBarProps) {
  const value = Math.round(percent);
  return (
    <div class="bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={value}>
      <div class="bar-fill" style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}
