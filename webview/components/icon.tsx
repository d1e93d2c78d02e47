/** A codicon. Without a label it says nothing to a screen reader. */
export function Icon({ name, label, spin = false }: { name: string; label?: string; spin?: boolean }) {
  const classes = `codicon codicon-${name}${spin ? ' codicon-modifier-spin' : ''}`;
  return label === undefined ? (
    <span class={classes} aria-hidden="true" />
  ) : (
    <span class={classes} role="img" aria-label={label} />
  );
}
