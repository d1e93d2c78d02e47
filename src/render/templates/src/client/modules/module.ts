import type { ComponentType, ReactNode } from 'react';

/** A screen with an address of its own. */
export interface ModuleScreen {
  readonly path: string;
  readonly title: string;
  readonly Screen: ComponentType;
}

export interface ModuleLink {
  readonly to: string;
  readonly label: string;
}

/** A part of a page that modules share, with a heading. */
export interface ModuleSection {
  readonly title: string;
  readonly Section: ComponentType;
}

/** What a module adds to the client as a whole. What it adds to the screen of a record stands in that screen. */
export interface ClientModule {
  readonly name: string;
  readonly Provider?: ComponentType<{ children: ReactNode }>;
  readonly screens?: readonly ModuleScreen[];
  readonly navigation?: readonly ModuleLink[];
  /** For those who run the application. */
  readonly adminNavigation?: readonly ModuleLink[];
  /** Sections of the home page. */
  readonly home?: readonly ComponentType[];
  /** Sections of the page of one's own things. */
  readonly my?: readonly ModuleSection[];
  readonly dashboard?: readonly ModuleSection[];
}
