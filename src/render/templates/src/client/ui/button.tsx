import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import { Icon, type IconName } from './icons.tsx';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

const base =
  'inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 py-2 text-sm font-semibold motion-safe:transition-colors ' +
  'disabled:cursor-not-allowed disabled:opacity-60';

const looks: Record<ButtonLook, string> = {
  primary: 'border border-accent-edge bg-accent text-on-accent hover:bg-accent-hover shadow-soft',
  secondary: 'border border-edge bg-surface text-ink hover:bg-subtle',
  quiet: 'text-link hover:bg-tint',
  danger: 'border border-danger-solid bg-danger-solid text-on-danger hover:opacity-90',
};

interface Look {
  look?: ButtonLook;
  icon?: IconName;
}

/** Does something here. */
export function Button({
  look = 'secondary',
  icon,
  className = '',
  children,
  ...rest
}: ComponentProps<'button'> & Look) {
  return (
    <button type="button" className={`${base} ${looks[look]} ${className}`} {...rest}>
      {icon && <Icon name={icon} className="size-4" />}
      {children}
    </button>
  );
}

/** Goes somewhere else and looks like a button. */
export function ButtonLink({
  look = 'secondary',
  icon,
  className = '',
  children,
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return (
    <Link className={`${base} ${looks[look]} ${className}`} {...rest}>
      {icon && <Icon name={icon} className="size-4" />}
      {children}
    </Link>
  );
}
