import type { FuzzTarget } from '../fuzz-target.js';
import { runMof } from '../mof-texts.js';
import { MOF_WORDS } from '../mof-words.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';

/** MOF as DSP0004 has it. */
export async function open(): Promise<FuzzTarget> {
  const corpus = atLeastOne(readCorpus('mof'));
  return { corpus, words: MOF_WORDS, run: (input) => runMof(input.toString('utf8'), 'dmtf') };
}
