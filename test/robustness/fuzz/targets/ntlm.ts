import { MalformedTokenError } from '../../../../src/auth/malformed-token-error.js';
import { readAuthenticateMessage } from '../../../../src/auth/ntlm/authenticate-message.js';
import { readAvPairs, writeAvPairs } from '../../../../src/auth/ntlm/av-pairs.js';
import { readChallengeMessage } from '../../../../src/auth/ntlm/challenge-message.js';
import { messageTypeOf } from '../../../../src/auth/ntlm/message-fields.js';
import { readNegotiateMessage } from '../../../../src/auth/ntlm/negotiate-message.js';
import { type FuzzTarget, unlessRefused, type Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';
import { TOKEN_WORDS } from '../token-words.js';

/** The three messages of NTLM, and the pairs of attributes and values in them. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne(readCorpus('ntlm')), words: TOKEN_WORDS, run };
}

function run(input: Buffer): Verdict {
  const refusals = [MalformedTokenError];
  const negotiate = unlessRefused(refusals, () => readNegotiateMessage(input));
  const challenge = unlessRefused(refusals, () => readChallengeMessage(input));
  const authenticate = unlessRefused(refusals, () => readAuthenticateMessage(input));
  if (challenge !== undefined) {
    if (challenge.challenge.length !== 8) throw new Error(`a challenge of ${challenge.challenge.length} bytes`);
    checkPairs(challenge.targetInfo);
  }
  if (authenticate?.mic !== undefined && authenticate.mic.length !== 16) throw new Error('a MIC that is cut');
  checkPairs(input);
  const read = [negotiate, challenge, authenticate].filter((message) => message !== undefined);
  if (read.length > 1 || (read.length === 1 && messageTypeOf(input) === undefined))
    throw new Error('read as several messages');
  return read.length === 1 ? 'taken' : 'refused';
}

function checkPairs(bytes: Buffer): void {
  const pairs = unlessRefused([MalformedTokenError], () => readAvPairs(bytes));
  if (pairs === undefined) return;
  const written = writeAvPairs(pairs);
  if (!bytes.subarray(0, written.length).equals(written)) throw new Error('AV pairs are not what they were written as');
}
