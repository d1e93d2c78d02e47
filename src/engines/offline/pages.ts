import type { Feature, Page } from '../../core/blueprint.ts';
import type { ProjectRequest } from '../../core/request.ts';
import type { ChosenEntity } from './entities.ts';
import { IdNamer } from './names.ts';
import type { ReadStatement } from './reading.ts';
import { kebabCase, plural, sentenceCase, singular, wordsOf } from './words.ts';

/** Which pages the application has: home, four for every entity, and the pages of text that the requirements name. */

const maxContentPages = 12;

export interface PagePlan {
  readonly pages: readonly Page[];
  readonly features: readonly Feature[];
}

/** Names of sections that sites have, as patterns to their titles. */
const sections: readonly { readonly title: string; readonly pattern: RegExp }[] = [
  {
    title: 'About',
    pattern:
      /\babout(?: us| me| page| section|\b(?=[,.;]| and\b|$))|\b(?:introduction|biography|company profile|background|basic information|life experiences?|(?:team|company|personal|self)[ -]introductions?)\b/i,
  },
  { title: 'Services', pattern: /\bservices?\b/i },
  { title: 'Projects', pattern: /\bprojects?(?: showcase| cases?)?\b|\bcase studies\b/i },
  { title: 'Works', pattern: /\b(?:design |art)?works\b(?=.*\bportfolio|\W)|\bportfolio pieces\b/i },
  { title: 'Skills', pattern: /\bskills?\b/i },
  {
    title: 'Experience',
    pattern: /\b(?:work|professional) experience\b|\bexperience section\b|\bemployment history\b/i,
  },
  { title: 'Education', pattern: /\beducation (?:section|page|history)\b|\beducation\b(?=[,.;]| and\b)/i },
  { title: 'Achievements', pattern: /\b(?:achievements?|honou?rs|awards?)\b/i },
  { title: 'Team', pattern: /\b(?:our|the) team\b|\bteam (?:members|page|section|information)\b/i },
  { title: 'Gallery', pattern: /\b(?:photo |image )?galler(?:y|ies)\b/i },
  { title: 'Testimonials', pattern: /\btestimonials?\b/i },
  { title: 'Pricing', pattern: /\bpricing\b|\bprice list\b/i },
  { title: 'Menu', pattern: /\b(?:our|the|food|drinks?) menu\b|\bmenu (?:page|section)\b/i },
  { title: 'Opening hours', pattern: /\b(?:opening|business) hours\b/i },
  { title: 'FAQ', pattern: /\bfaqs?\b|\bfrequently asked questions\b/i },
  { title: 'News', pattern: /\bnews\b/i },
  { title: 'Mission', pattern: /\bmission(?: statement)?\b/i },
  { title: 'History', pattern: /\b(?:our|company) history\b|\bhistory (?:page|section)\b/i },
  { title: 'Privacy policy', pattern: /\bprivacy (?:policy|page|notice)\b/i },
  { title: 'Terms', pattern: /\bterms (?:and conditions|of service|of use)\b/i },
  { title: 'Contact', pattern: /\bcontact(?: us| me| page| section| information| details| info)?\b|\bget in touch\b/i },
];

const namedPage = /\b((?:[a-z][\w-]*\s){0,2}?[a-z][\w-]*) (?:page|section)s?\b/gi;
const pageList =
  /\b(?:pages?|sections?|tabs?)\b(?:,? (?:such as|like|including|namely|for|called|named)|:| are:?)\s+((?:[\w'&-]+(?: [\w'&-]+){0,2}(?:, (?:and |or )?| and | or |$|\.))+)/i;

/** Pages that every application has already, or that rules cannot write. */
const notContent =
  /^(?:home|homepage|main|landing|index|front|start|list|detail|details|edit|create|new|log ?in|sign ?(?:in|up)|register|registration|dashboard|admin|settings|profile|search|results?|checkout|cart|web|site|website|single|each|every|all|same|one|own|this|that|the|a|an|first|multiple|different|separate|various|user|product|activity|error|404|other|these|those|game|background|next|previous|current|whole|entire|full|any|both|header|footer|hero|content|following|include|including|with \w+)$/i;

export function planPages(
  request: ProjectRequest,
  statements: readonly ReadStatement[],
  entities: readonly ChosenEntity[],
  theme: ReadonlySet<number>,
): PagePlan {
  const ids = new IdNamer();
  const pages: Page[] = [
    {
      id: ids.next(['home'], 'home'),
      title: 'Home',
      path: '/',
      kind: 'home',
      text: homeText(request, statements, theme),
    },
  ];
  const routes = new Set<string>(['', 'api', 'new', 'assets', 'docs']);
  for (const entity of entities) {
    const route = kebabCase(wordsOf(entity.plural));
    routes.add(route);
    const one = kebabCase(wordsOf(entity.name));
    const { label, pluralLabel, name } = entity;
    pages.push({ id: ids.next([route], 'list'), title: pluralLabel, path: `/${route}`, kind: 'list', entity: name });
    pages.push({
      id: ids.next([`new-${one}`], 'create'),
      title: `New ${lower(label)}`,
      path: `/${route}/new`,
      kind: 'create',
      entity: name,
    });
    pages.push({ id: ids.next([one], 'detail'), title: label, path: `/${route}/:id`, kind: 'detail', entity: name });
    pages.push({
      id: ids.next([`edit-${one}`], 'edit'),
      title: `Edit ${lower(label)}`,
      path: `/${route}/:id/edit`,
      kind: 'edit',
      entity: name,
    });
  }
  const features: Feature[] = [];
  for (const { title, found } of contentPages(statements, entities, theme)) {
    const words = wordsOf(title);
    const route = kebabCase(words);
    if (route === '' || routes.has(route) || features.length >= maxContentPages) continue;
    routes.add(route);
    const id = ids.next([route], 'content');
    const text = [...new Set(found.map((index) => statements[index]?.body ?? '').filter((body) => body !== ''))].slice(
      0,
      4,
    );
    pages.push({ id, title, path: `/${route}`, kind: 'content', text: text.length > 0 ? text : [title] });
    features.push({
      id: `read-${id}`,
      title: `Read the ${/^[A-Z]{2}/.test(title) ? title : lower(title)} page`,
      kind: 'content',
      built: true,
      sentences: found,
    });
  }
  return { pages, features };
}

function lower(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

function contentPages(
  statements: readonly ReadStatement[],
  entities: readonly ChosenEntity[],
  theme: ReadonlySet<number>,
): { title: string; found: number[] }[] {
  const found = new Map<string, { title: string; found: number[] }>();
  const stored = new Set(
    entities.flatMap((entity) => [
      entity.label.toLowerCase(),
      entity.pluralLabel.toLowerCase(),
      entity.key,
      plural(entity.key.split(' ')).join(' '),
    ]),
  );
  const add = (title: string, index: number) => {
    const key = title.toLowerCase();
    if (stored.has(key) || stored.has(singular(key))) return;
    const known = found.get(key) ?? { title, found: [] };
    if (!known.found.includes(index)) known.found.push(index);
    found.set(key, known);
  };
  for (const [index, statement] of statements.entries()) {
    if (statement.kind === 'code' || theme.has(index)) continue;
    // "pages: integer" is a property of a book.
    if (/^\W*pages?\s*[:(]\s*(?:int|num|whole|opt|req)/i.test(statement.body)) continue;
    const { body } = statement;
    const names: string[] = [];
    for (const match of body.matchAll(namedPage)) names.push((match[1] ?? '').split(' ').at(-1) ?? '');
    const list = pageList.exec(body)?.[1];
    if (list !== undefined) names.push(...list.split(/,\s*(?:and |or )?|\s+and\s+|\s+or\s+/));
    const explicit = names
      .map((name) =>
        name
          .replace(/^(?:an?|the)\s+/i, '')
          .replace(/[.\s]+$/, '')
          .trim(),
      )
      .filter((name) => name !== '' && name.length < 30 && !notContent.test(name));
    for (const name of explicit) {
      const section = sections.find(({ pattern }) => pattern.test(name));
      if (section) add(section.title, index);
      else if (list !== undefined && /\b(?:pages?|sections?|tabs?)\b/i.test(body) && wordsOf(name).length <= 3)
        add(sentenceCase(wordsOf(name)), index);
    }
    // A site that stores nothing consists of what it tells.
    if (entities.length === 0 && statement.kind !== 'row') {
      for (const { title, pattern } of sections) if (pattern.test(body)) add(title, index);
    }
  }
  return [...found.values()].filter(({ title }) => wordsOf(title).length > 0);
}

/** The introduction of the home page: the description, or what the requirements begin with. */
function homeText(request: ProjectRequest, statements: readonly ReadStatement[], theme: ReadonlySet<number>): string[] {
  const description = request.description.trim();
  if (description !== '')
    return description
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
      .filter((paragraph) => paragraph !== '');
  const sentence = statements.find(
    (statement, index) =>
      (statement.kind === 'sentence' || statement.kind === 'bullet') && !theme.has(index) && statement.body !== '',
  );
  return sentence ? [sentence.body] : [request.projectName];
}
