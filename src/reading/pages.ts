import type { Feature, Page } from '../core/blueprint-draft.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { ChosenEntity } from './entities.ts';
import { tellsOnly } from './kind.ts';
import { type EntityNames, IdNamer } from './names.ts';
import { homeText, sectionText } from './page-text.ts';
import type { ReadStatement } from './reading.ts';
import { sectionsOf } from './sections.ts';
import { kebabCase, wordsOf } from './words.ts';

/** Which pages the application has: home, four for every entity, and the pages of text that the requirements name. */

/** More pages of text than these are a document rather than an application. */
export const maxContentPages = 12;

export interface PagePlan {
  readonly pages: readonly Page[];
  readonly features: readonly Feature[];
  /** The statements that the home page quotes. */
  readonly introduction: readonly number[];
}

export function planPages(
  request: ProjectRequest,
  statements: readonly ReadStatement[],
  entities: readonly ChosenEntity[],
  theme: ReadonlySet<number>,
): PagePlan {
  const ids = new IdNamer();
  const home: Page = { id: ids.next(['home'], 'home'), title: 'Home', path: '/', kind: 'home' };
  const pages: Page[] = [home];
  const routes = new Set<string>(['', 'api', 'new', 'assets', 'docs']);
  pages.push(...recordPages(entities, ids));
  for (const { plural } of entities) routes.add(kebabCase(wordsOf(plural)));
  const features: Feature[] = [];
  const sections = sectionsOf(statements, entities, theme);
  const taken = new Map<number, number>();
  for (const index of sections.flatMap(({ found }) => found)) taken.set(index, (taken.get(index) ?? 0) + 1);
  for (const section of sections) {
    const { title } = section;
    const words = wordsOf(title);
    const route = kebabCase(words);
    if (route === '' || routes.has(route) || features.length >= maxContentPages) continue;
    routes.add(route);
    const id = ids.next([route], 'content');
    const { text, sentences } = sectionText(section, statements, taken, theme);
    pages.push({ id, title, path: `/${route}`, kind: 'content', text });
    features.push({
      id: `read-${id}`,
      title: `Read the ${lower(title)} page`,
      kind: 'content',
      built: true,
      sentences,
    });
  }
  const sentencesOfSections = new Set(features.flatMap(({ sentences }) => sentences));
  const introduction = homeText(statements, entities, theme, sentencesOfSections, {
    description: request.description,
    tells: entities.length === 0 && tellsOnly(request, statements),
  });
  if (introduction.text.length > 0) home.text = introduction.text;
  return { pages, features, introduction: introduction.sentences };
}

/** List, form and detail pages of every entity. `ids` has the ids of pages that come before. */
export function recordPages(
  entities: readonly Pick<EntityNames, 'name' | 'plural' | 'label' | 'pluralLabel'>[],
  ids: IdNamer,
): Page[] {
  return entities.flatMap(({ name, plural, label, pluralLabel }): Page[] => {
    const route = kebabCase(wordsOf(plural));
    const one = kebabCase(wordsOf(name));
    return [
      { id: ids.next([route], 'list'), title: pluralLabel, path: `/${route}`, kind: 'list', entity: name },
      {
        id: ids.next([`new-${one}`], 'create'),
        title: `New ${lower(label)}`,
        path: `/${route}/new`,
        kind: 'create',
        entity: name,
      },
      { id: ids.next([one], 'detail'), title: label, path: `/${route}/:id`, kind: 'detail', entity: name },
      {
        id: ids.next([`edit-${one}`], 'edit'),
        title: `Edit ${lower(label)}`,
        path: `/${route}/:id/edit`,
        kind: 'edit',
        entity: name,
      },
    ];
  });
}

function lower(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
