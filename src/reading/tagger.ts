import type { ItsFunction } from 'wink-nlp';
import { corrected } from './tag-corrections.ts';
import type { PartOfSpeech, Token } from './tokens.ts';

/** Words with their part of speech, from wink-nlp and corrected where requirements are unlike the news it learnt from. */

export type Tagger = (text: string) => Token[];

const partsOfSpeech: Readonly<Record<string, PartOfSpeech>> = {
  NOUN: 'noun',
  PROPN: 'noun',
  VERB: 'verb',
  AUX: 'aux',
  ADJ: 'adj',
  ADV: 'adv',
  DET: 'det',
  PRON: 'pron',
  ADP: 'prep',
  SCONJ: 'prep',
  CCONJ: 'conj',
  NUM: 'num',
  PART: 'part',
  PUNCT: 'punct',
};

let loading: Promise<Tagger> | undefined;

/**
 * Loads the language model, about 130 ms; call it when there is something to read. It is loaded once: wink changes the
 * model it is given, and a second start from the same one takes ever more memory.
 */
export function loadTagger(): Promise<Tagger> {
  loading ??= createTagger().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function createTagger(): Promise<Tagger> {
  const [{ default: winkNLP }, { default: model }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ]);
  const nlp = winkNLP(model, ['sbd', 'pos']);
  const { value, pos } = nlp.its;
  // wink's declarations forget the third of four parameters of `lemma`.
  const lemma = nlp.its.lemma as unknown as ItsFunction<string>;
  return (text) => {
    const doc = nlp.readDoc(readable(text));
    const tokens = doc.tokens();
    const parts = tokens.out(pos);
    const lemmas = tokens.out(lemma);
    const raw = tokens.out(value).map((word, index): Token => {
      const lower = String(word).toLowerCase();
      return {
        text: String(word),
        lower,
        lemma: String(lemmas[index] ?? lower),
        pos: partsOfSpeech[String(parts[index])] ?? 'other',
      };
    });
    return corrected(raw);
  };
}

/** wink needs time quadratic in the length of a word; nothing as long as this is one. */
function readable(text: string): string {
  return text
    .replace(/\S{41,}/g, (run) => run.slice(0, 40))
    .replace(/(\w)\/(\w)/g, '$1 / $2')
    .replace(/\bkeep(s|ing)? track of\b/gi, (_, ending: string = '') => `track${ending}`)
    .replace(/\bto-do(s?)\b/gi, 'todo$1');
}
