import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icons.tsx';

interface MessageProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** Stands where content would be: nothing there, nothing found, not possible. */
export function Message({ icon, title, children, actions }: MessageProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-2xl border border-line border-dashed bg-surface px-6 py-14 text-center">
      <span className="grid size-12 place-items-center rounded-full bg-tint text-on-tint">
        <Icon name={icon} className="size-6" />
      </span>
      <h2 className="font-semibold text-lg">{title}</h2>
      {children && <p className="max-w-md text-muted">{children}</p>}
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-3">{actions}</div>}
    </div>
  );
}

/** Content that could not be loaded, with a way to try again. Announced at once. */
export function FailureMessage({ title, detail, onRetry }: { title: string; detail: string; onRetry: () => void }) {
  return (
    <div role="alert">
      <Message icon="alert" title={title} actions={<Button onClick={onRetry}>Try again</Button>}>
        {detail}
      </Message>
    </div>
  );
}
