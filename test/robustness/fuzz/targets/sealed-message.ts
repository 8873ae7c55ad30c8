import { splitWrapToken } from '../../../../src/auth/kerberos/wrap-token.js';
import { parseEncryptedContentType } from '../../../../src/auth/message-encryption/encrypted-content-type.js';
import { EncryptedMessageError } from '../../../../src/auth/message-encryption/encrypted-message-error.js';
import { MessageSecurityError } from '../../../../src/auth/message-encryption/message-security.js';
import { readEncryptedMessage } from '../../../../src/auth/message-encryption/read-encrypted-message.js';
import { createMessageChannel } from '../../../../src/auth/ntlm/message-channel.js';
import { sessionKeys } from '../../../../src/auth/ntlm/session-keys.js';
import { type FuzzTarget, unlessRefused, type Verdict } from '../fuzz-target.js';
import { atLeastOne, readCorpus } from '../read-corpus.js';

const PROTOCOL = 'application/http-spnego-session-encrypted';
const TYPE = `multipart/encrypted;protocol="${PROTOCOL}";boundary="Encrypted Boundary"`;
const WORDS = [
  ...[
    '--Encrypted Boundary\r\n',
    '-- Encrypted Boundary',
    '--Encrypted Boundary--\r\n',
    '\r\n',
    '\t',
    'Content-Type: ',
    'OriginalContent: ',
  ],
  ...[
    'type=application/soap+xml;charset=UTF-8;Length=',
    'Length=999999999',
    'Length=0',
    'application/octet-stream',
    PROTOCOL,
  ],
  ...[
    'application/HTTP-Kerberos-session-encrypted',
    '\u0010\0\0\0',
    '\0\0\0\0',
    ';',
    ':',
    '"',
    'boundary="',
    'multipart/encrypted',
  ],
] as unknown as readonly [string, ...string[]];

const keys = sessionKeys(Buffer.alloc(16, 1), 'client');

/** The frame around sealed messages, what is sealed, and the value of its Content-Type. */
export async function open(): Promise<FuzzTarget> {
  return { corpus: atLeastOne([...readCorpus('sealed-message'), Buffer.from(TYPE)]), words: WORDS, run };
}

function run(input: Buffer): Verdict {
  const type = parseEncryptedContentType(input.toString('latin1'));
  if (type !== undefined && (type.boundary === '' || type.protocol === ''))
    throw new Error('a type without boundary or protocol');
  const message = unlessRefused([EncryptedMessageError], () =>
    readEncryptedMessage(input, { protocol: PROTOCOL, boundary: 'Encrypted Boundary' }),
  );
  if (message !== undefined) {
    const { sealed, token, length } = message;
    if (sealed.length !== length || token.length === 0) throw new Error('parts of other lengths than the frame says');
    // The key is not that of the recorded message.
    const opened = unlessRefused([MessageSecurityError], () => createMessageChannel(keys, true).unseal(token, sealed));
    if (opened !== undefined) throw new Error('a message was opened with a key that it was not sealed with');
  }
  const parts = unlessRefused([MessageSecurityError], () => splitWrapToken(input, Math.floor(input.length / 2)));
  if (parts !== undefined && parts.sealed.length + parts.token.length !== input.length)
    throw new Error('bytes were lost');
  return type === undefined && message === undefined && parts === undefined ? 'refused' : 'taken';
}
