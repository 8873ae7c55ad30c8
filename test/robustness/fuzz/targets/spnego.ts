import { MalformedTokenError } from '../../../../src/auth/malformed-token-error.js';
import { readNegTokenInit, SPNEGO_OID, writeNegTokenInit } from '../../../../src/auth/spnego/neg-token-init.js';
import { readNegTokenResp, writeNegTokenResp } from '../../../../src/auth/spnego/neg-token-resp.js';
import { type FuzzTarget, unlessRefused, type Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';
import { TOKEN_WORDS } from '../token-words.js';

/** Tokens of SPNEGO, of either side. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne(readCorpus('spnego')), words: TOKEN_WORDS, run };
}

/** What is read, written and read again is the same. */
function run(input: Buffer): Verdict {
  const init = unlessRefused([MalformedTokenError], () => readNegTokenInit(input));
  if (init !== undefined) {
    if (init.mechanisms.length === 0) throw new Error(`a token of ${SPNEGO_OID} without mechanisms`);
    const again = readNegTokenInit(writeNegTokenInit(init));
    checkSame([init.mechanisms, init.token], [again.mechanisms, again.token]);
  }
  const response = unlessRefused([MalformedTokenError], () => readNegTokenResp(input));
  if (response !== undefined) {
    const { state, supportedMech, token, mechListMic } = readNegTokenResp(writeNegTokenResp(response));
    const read = [response.state, response.supportedMech, response.token, response.mechListMic];
    checkSame(read, [state, supportedMech, token, mechListMic]);
  }
  return init === undefined && response === undefined ? 'refused' : 'taken';
}

function checkSame(one: unknown, other: unknown): void {
  const [text, again] = [JSON.stringify(one), JSON.stringify(other)];
  if (text !== again) throw new Error(`read as ${text}, and then as ${again}`);
}
