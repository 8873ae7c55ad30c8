import { parseBasicCredentials } from '../../../../src/auth/schemes/basic-credentials.js';
import { parseNegotiateToken } from '../../../../src/auth/schemes/negotiate-token.js';
import type { FuzzTarget, Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';

const WORDS = [
  'Basic ',
  'basic',
  'Negotiate ',
  'NTLM ',
  'Kerberos ',
  '=',
  '==',
  '===',
  'Og==',
  'OmE=',
  'YTo=',
  'AAAA',
  '/w==',
  'wA==',
  ' ',
  ',',
] as const;

/** The value of the field `Authorization`: credentials and tokens in base64. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne(readCorpus('basic')), words: WORDS, run: (input) => run(input.toString('latin1')) };
}

/** Both say what is wrong and never throw; what they take is what was written, to the last bit. */
function run(header: string): Verdict {
  const credentials = parseBasicCredentials(header);
  if (typeof credentials !== 'string') {
    const written = Buffer.from(`${credentials.name}:${credentials.password}`).toString('base64');
    if (!header.endsWith(` ${written}`)) throw new Error('other credentials than those in the header');
    if (credentials.name === '' || credentials.password === '')
      throw new Error('credentials without a name or a password');
  }
  const token = parseNegotiateToken(header);
  const given = header.slice(header.indexOf(' ')).trim();
  if (typeof token !== 'string' && token.toString('base64') !== given) {
    throw new Error('another token than that in the header');
  }
  return typeof credentials === 'string' && typeof token === 'string' ? 'refused' : 'taken';
}
