import { useProject } from './project.tsx';

/** What the browser's tab and history say. */
export function PageTitle({ children }: { children?: string }) {
  const { name } = useProject();
  return <title>{children === undefined ? name : `${children} · ${name}`}</title>;
}
