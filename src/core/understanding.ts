import type { Blueprint } from './blueprint.ts';
import type { Phrase } from './phrases.ts';
import type { EngineName } from './ports.ts';
import type { RunWarning } from './run-warning.ts';

/** Returns the warning for a project that has nothing of its requirements in it, or undefined. Decided by what is built of its phrases. */
export function warningOf(blueprint: WhatWasRead, engine: EngineName): RunWarning | undefined {
  if (blueprint.sentences.length === 0 && blueprint.entities.length > 0) return undefined;
  if (blueprint.phrases.some((phrase) => buildsSomething(phrase, blueprint))) return undefined;
  const isAnythingKnown =
    blueprint.phrases.some(isKnown) || blueprint.features.some(({ origin }) => origin.by === 'text');
  const code = isAnythingKnown ? 'nothing-to-build' : 'nothing-understood';
  return { code, message: `${reasons[code]} ${advice(engine)}` };
}

type WhatWasRead = Pick<Blueprint, 'entities' | 'features' | 'pages' | 'sentences' | 'phrases'>;

const reasons = {
  'nothing-understood':
    'Takoss did not understand any of the requirements, so the application would have nothing of them in it.',
  'nothing-to-build':
    'Takoss found nothing in the requirements to build: nothing to store, nothing to do and no content. The application would be an empty page.',
} as const;

function advice(engine: EngineName): string {
  const example =
    'Say in English what is kept and who does what with it, such as “Members can add recipes with a title and ingredients”';
  return engine === 'offline' ? `${example}, or use a language model.` : `${example}.`;
}

/** A heading that is taken for the name of the project says nothing more. */
function isKnown({ text, state }: Phrase): boolean {
  return itemsOf(state).some((reference) => !reference.startsWith('project:') || isSentence(text));
}

/** Whether the application stores, does or shows something because of a phrase. That somebody is spoken of, and colours, are nothing yet. */
function buildsSomething({ text, state }: Phrase, { entities, features, pages }: WhatWasRead): boolean {
  return itemsOf(state).some((reference) => {
    const [kind, name = ''] = reference.split(':', 2);
    switch (kind) {
      case 'entity':
      case 'field':
      case 'relation':
        return true;
      case 'feature': {
        const feature = features.find(({ id }) => id === name);
        return feature?.kind === 'content' ? isSentence(text) : feature?.kind !== 'theme';
      }
      case 'page': {
        const isEmptyHome = name === 'home' && (pages[0]?.text ?? []).length === 0;
        return !isEmptyHome && isSentence(text);
      }
      case 'project':
        // "Build it": enough where the name says what to store.
        return entities.length > 0;
      default:
        return false;
    }
  });
}

function itemsOf(state: Phrase['state']): readonly string[] {
  return state.kind === 'built' ? state.by : [];
}

/** Whether a text can say or ask for something: a heading names a page, and leaves it empty. */
function isSentence(text: string): boolean {
  return /[.!?。！？؟।]["'”’)]*\s*$/.test(text) || text.trim().split(/\s+/).length >= 5;
}
