import type { ModuleSpec } from '../../../core/module-spec.ts';
import type { EngineStep } from '../../../core/ports.ts';
import { plural, sentenceCase } from '../../../reading/words.ts';
import { comparableText, entityWords } from './normalize.ts';
import { plainText } from './plain-text.ts';

/** Says each entity and feature once, as soon as its name is whole in an answer that is still being written. */
export class FoundNames {
  readonly #said = new Set<string>();
  readonly #modules: readonly ModuleSpec[];

  constructor(modules: readonly ModuleSpec[]) {
    this.#modules = modules;
  }

  /** `isWhole`: the answer is, so that its last name is too. */
  *of(value: unknown, isWhole: boolean): Generator<EngineStep, void, void> {
    if (!isRecord(value)) return;
    const last = isWhole ? undefined : Object.keys(value).at(-1);
    yield* this.#names(value.entities, 'name', 'entity', last === 'entities');
    yield* this.#names(value.features, 'title', 'feature', last === 'features');
    yield* this.#names(this.#abilities(value.modules, last === 'modules'), 'title', 'feature', false);
  }

  /** What people can do with the modules that are named, as far as each is whole. */
  #abilities(list: unknown, isOpen: boolean): { readonly title: string }[] {
    if (!Array.isArray(list)) return [];
    return list.slice(0, isOpen ? -1 : undefined).flatMap((element: unknown) => {
      if (!isRecord(element)) return [];
      const spec = this.#modules.find(({ id }) => id === element.id);
      const names = Array.isArray(element.entities) ? element.entities.filter((name) => typeof name === 'string') : [];
      if (spec === undefined) return [];
      if (names.length === 0) return [{ title: spec.ability(undefined) }];
      return names.map((name) => {
        const words = entityWords(name);
        return { title: spec.ability({ label: sentenceCase(words), pluralLabel: sentenceCase(plural(words)) }) };
      });
    });
  }

  *#names(list: unknown, key: string, item: 'entity' | 'feature', isOpen: boolean): Generator<EngineStep, void, void> {
    if (!Array.isArray(list)) return;
    for (const [index, element] of list.entries()) {
      if (!isRecord(element)) continue;
      const text = element[key];
      const isTyped = isOpen && index === list.length - 1 && Object.keys(element).at(-1) === key;
      if (typeof text !== 'string' || isTyped) continue;
      const name = item === 'entity' ? sentenceCase(entityWords(text)) : plainText(text, 120);
      const said = `${item} ${comparableText(name)}`;
      if (name === '' || this.#said.has(said)) continue;
      this.#said.add(said);
      yield { kind: 'found', item, name };
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
