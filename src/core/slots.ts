import type { Code } from './code.ts';

/**
 * The places of a generated application where something can be added to what is already there. The list is closed: whoever adds
 * to an application, by hand or by a model, chooses among these, and the renderer has a place for each.
 */

/** Code about the records of one entity. */
export interface EntityCode extends Code {
  /** The id of the entity in the blueprint. */
  readonly entity: string;
}

/** Routes of the API. */
export interface RoutesCode extends Code {
  /** Where they are mounted: `/api/comments`. */
  readonly path: string;
}

/** A screen with an address of its own, loaded when it is opened. */
export interface ScreenPlace {
  /** `/import-contacts` */
  readonly path: string;
  /** What the browser's tab says. */
  readonly title: string;
  /** The file of the component, and what it exports it as. */
  readonly file: string;
  readonly component: string;
  /** Whether the page checks values with zod, which then has to be told that pages make no code of text. */
  readonly usesSchemas: boolean;
}

/** An entry of a navigation. */
export interface LinkPlace {
  readonly path: string;
  readonly title: string;
}

/** A part of a page with a heading. */
export interface SectionCode extends Code {
  readonly title: string;
}

/** A part of the README, in Markdown that is written as it is. */
export interface ReadmeSection {
  readonly title: string;
  readonly text: string;
}

/** What stands in a slot. Types that code must have are those of `src/server/modules/module.ts` and `src/client/modules/module.ts` of a generated application. */
export interface SlotCodes {
  /** `(db: Database) => MiddlewareHandler`: runs around every request, in the order of the modules. */
  readonly 'server.middleware': Code;
  /** `(db: Database) => OpenAPIHono`. */
  readonly 'server.routes': RoutesCode;
  /** `(db: Database) => Promise<() => Promise<void>>`: begins work beside requests when the server starts, and returns how to end it. */
  readonly 'server.start': Code;
  /** `PolicySources`: what pages may load beside what comes from the application's own server. */
  readonly 'server.policy': Code;
  /** `Guard`: throws a `Problem` where a request for records is refused. */
  readonly 'resource.guard': EntityCode;
  /** `ChangeHook`: before a record is created, changed or deleted, in the same transaction. What it throws undoes everything. */
  readonly 'resource.before': EntityCode;
  /** `ChangeHook`: after that, in the same transaction. */
  readonly 'resource.after': EntityCode;
  /** `Scope`: narrows which records a request can list and read. */
  readonly 'query.extend': EntityCode;
  /** A component with `children`, around everything. */
  readonly 'client.provider': Code;
  readonly 'client.route': ScreenPlace;
  readonly 'client.navigation': LinkPlace;
  /** An entry for those who run the application; it stands apart from the others. */
  readonly 'client.adminNavigation': LinkPlace;
  /** A component without properties: a section of the home page. */
  readonly 'client.home': Code;
  /** A component without properties: a section of the page `/my`, which is there when anything stands on it. */
  readonly 'client.my': SectionCode;
  /** A component without properties: a widget of the page `/dashboard`, which is there when anything stands on it. */
  readonly 'client.dashboard': SectionCode;
  /** An element beside the title of a record in lists. `record` is the record. */
  readonly 'card.badge': EntityCode;
  /** An element at the end of a record in lists: what most people do with it. `record` is the record. */
  readonly 'card.action': EntityCode;
  /** An element above a list, beside "New …". */
  readonly 'list.toolbar': EntityCode;
  /** An element in the last column of a list, for those who work on many records. `record` is the record. */
  readonly 'row.action': EntityCode;
  /** An element below the fields of a record. `record` is the record. */
  readonly 'detail.after': EntityCode;
  /** An element below the fields of a form. `record` is the record, or undefined where it is new. */
  readonly 'form.section': EntityCode;
  /** `(db: Database) => Promise<void>`: before each test of the server, when the sample records are there. */
  readonly 'test.before': Code;
  readonly 'readme.section': ReadmeSection;
  /** A sentence about what the application does not do: a line of the README. */
  readonly 'readme.limit': string;
}

export type SlotName = keyof SlotCodes;

/** Every slot, with a word of where it is in an application. */
export const slotPlaces: Readonly<Record<SlotName, string>> = {
  'server.middleware': 'around every request to the server',
  'server.routes': 'routes of the API',
  'server.start': 'when the server starts',
  'server.policy': 'what pages may load from elsewhere',
  'resource.guard': 'whether a request for records is allowed',
  'resource.before': 'before a record changes, in the same transaction',
  'resource.after': 'after a record changed, in the same transaction',
  'query.extend': 'which records can be listed and read',
  'client.provider': 'around all screens',
  'client.route': 'a screen of its own',
  'client.navigation': 'an entry of the navigation',
  'client.adminNavigation': 'an entry for those who run the application',
  'client.home': 'a section of the home page',
  'client.my': 'a section of the page of one’s own things',
  'client.dashboard': 'a widget of the dashboard',
  'card.badge': 'beside the title of a record in a list',
  'card.action': 'what one does with a record in a list',
  'list.toolbar': 'above a list',
  'row.action': 'in the last column of a list',
  'detail.after': 'below the fields of a record',
  'form.section': 'below the fields of a form',
  'test.before': 'before each test of the server',
  'readme.section': 'a section of the README',
  'readme.limit': 'a limit that the README tells',
};

export const slotNames = Object.keys(slotPlaces) as readonly SlotName[];

/** What is put into slots, in order. */
export type Slots = { readonly [Name in SlotName]?: readonly SlotCodes[Name][] };
