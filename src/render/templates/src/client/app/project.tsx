import { createContext, type ReactNode, useContext } from 'react';
import type { EntitySummary } from './entity-ref.ts';

/** A page of text. */
export interface ContentPage {
  /** The route, such as `/about`. */
  path: string;
  title: string;
  text: readonly string[];
}

/** What one kind of person can do here. */
export interface Abilities {
  /** `Shop owner`, or nothing where the requirements do not say who. */
  actor?: string;
  titles: readonly string[];
}

/** What this application is about: the words on its home page and the entries of its navigation. */
export interface Project {
  name: string;
  description: string;
  introduction: readonly string[];
  entities: readonly EntitySummary[];
  pages: readonly ContentPage[];
  abilities: readonly Abilities[];
}

const ProjectContext = createContext<Project | undefined>(undefined);

export function ProjectProvider({ project, children }: { project: Project; children: ReactNode }) {
  return <ProjectContext value={project}>{children}</ProjectContext>;
}

export function useProject(): Project {
  const project = useContext(ProjectContext);
  if (!project) throw new Error('useProject needs a ProjectProvider around it');
  return project;
}
