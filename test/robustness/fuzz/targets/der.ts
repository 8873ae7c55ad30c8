import { type DerElement, readDer } from '../../../../src/auth/der/der-reader.js';
import { writeDer } from '../../../../src/auth/der/der-writer.js';
import { readObjectIdentifier, writeObjectIdentifier } from '../../../../src/auth/der/object-identifier.js';
import { checkInitialToken, KERBEROS_OID, mechanismOfToken } from '../../../../src/auth/kerberos/initial-token.js';
import { MalformedTokenError } from '../../../../src/auth/malformed-token-error.js';
import { type FuzzTarget, unlessRefused, type Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';
import { TOKEN_WORDS } from '../token-words.js';

const KERBEROS_TOKEN = Buffer.from('601206092a864886f71201020201006e03020105', 'hex');

/** ASN.1 as tokens have it: all elements in it, and the frame of a Kerberos token. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne([...readCorpus('spnego'), KERBEROS_TOKEN]), words: TOKEN_WORDS, run };
}

function run(input: Buffer): Verdict {
  if (
    unlessRefused([MalformedTokenError], () => checkInitialToken(input) ?? true) &&
    mechanismOfToken(input) !== KERBEROS_OID
  ) {
    throw new Error('a token of no mechanism is taken for one of Kerberos');
  }
  return unlessRefused([MalformedTokenError], () => readAll(input)) ?? 'refused';
}

/** Goes down into what is constructed, without recursion: inputs nest as deep as they are long. */
function readAll(input: Buffer): Verdict {
  const left: Buffer[] = [input];
  for (let bytes = left.pop(); bytes !== undefined; bytes = left.pop()) {
    const reader = readDer(bytes);
    let length = 0;
    while (!reader.atEnd()) {
      const element = reader.next();
      length += element.whole.length;
      check(element);
      if ((element.tag & 0x20) !== 0) left.push(element.content);
    }
    if (length !== bytes.length) throw new Error(`${length} of ${bytes.length} bytes were read`);
  }
  return 'taken';
}

function check({ tag, content, whole }: DerElement): void {
  const written = writeDer(tag, content);
  // A length may be written longer than it has to be.
  if (written.length > whole.length || !whole.subarray(whole.length - content.length).equals(content)) {
    throw new Error('an element is not what it was written as');
  }
  if (tag !== 0x06) return;
  const identifier = unlessRefused([MalformedTokenError], () => readObjectIdentifier(content));
  if (
    identifier !== undefined &&
    readObjectIdentifier(readDer(writeObjectIdentifier(identifier)).next().content) !== identifier
  ) {
    throw new Error(`the object identifier ${identifier} is written as another one`);
  }
}
