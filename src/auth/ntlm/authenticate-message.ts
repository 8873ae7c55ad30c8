import { appendFields, MessageType, messageStart, openMessage } from './message-fields.js';
import { readText, writeText } from './message-text.js';
import { VERSION_BYTES, type Version, writeVersion } from './version.js';

const LM_RESPONSE_AT = 12;
const NT_RESPONSE_AT = 20;
const DOMAIN_AT = 28;
const USER_AT = 36;
const WORKSTATION_AT = 44;
const SESSION_KEY_AT = 52;
const FLAGS_AT = 60;
const VERSION_AT = 64;
const MIC_AT = VERSION_AT + VERSION_BYTES;
const MIC_BYTES = 16;

/** What a client proves itself with (MS-NLMP 2.2.1.3). The LM response is checked and not kept: it proves nothing here. */
export interface AuthenticateMessage {
  readonly flags: number;
  readonly ntResponse: Buffer;
  readonly domain: string;
  readonly user: string;
  readonly workstation: string;
  /** Empty when there is none. */
  readonly encryptedSessionKey: Buffer;
  /** 16 bytes where the MIC would be; `undefined` when the payload leaves no room for one. Whether it is one, the AV flags say. */
  readonly mic: Buffer | undefined;
}

/** @throws MalformedTokenError */
export function readAuthenticateMessage(message: Buffer): AuthenticateMessage {
  const fields = openMessage(message, MessageType.authenticate, VERSION_AT);
  const flags = message.readUInt32LE(FLAGS_AT);
  const text = (at: number, name: string): string => readText(fields.field(at, name), flags, name);
  fields.field(LM_RESPONSE_AT, 'LmChallengeResponse');
  const content = {
    flags,
    ntResponse: fields.field(NT_RESPONSE_AT, 'NtChallengeResponse'),
    domain: text(DOMAIN_AT, 'DomainName'),
    user: text(USER_AT, 'UserName'),
    workstation: text(WORKSTATION_AT, 'Workstation'),
    encryptedSessionKey: fields.field(SESSION_KEY_AT, 'EncryptedRandomSessionKey'),
  };
  const hasRoom = fields.payloadStart() >= MIC_AT + MIC_BYTES;
  return { ...content, mic: hasRoom ? message.subarray(MIC_AT, MIC_AT + MIC_BYTES) : undefined };
}

/** A copy of a message with another MIC in it, or with zeros, over which the MIC is computed (MS-NLMP 3.1.5.1.2). */
export function withMic(message: Buffer, mic: Buffer = Buffer.alloc(MIC_BYTES)): Buffer {
  const copy = Buffer.from(message);
  copy.set(mic, MIC_AT);
  return copy;
}

/** What {@link writeAuthenticateMessage} needs besides the message itself. */
export interface AuthenticateMessageOptions {
  readonly lmResponse: Buffer;
  readonly version?: Version | undefined;
}

/** Writes the message; its MIC, when there is one, as given. */
export function writeAuthenticateMessage(message: AuthenticateMessage, options: AuthenticateMessageOptions): Buffer {
  const { flags, mic = Buffer.alloc(0) } = message;
  const fixed = Buffer.alloc(MIC_AT + mic.length);
  fixed.set(messageStart(MessageType.authenticate));
  fixed.writeUInt32LE(flags, FLAGS_AT);
  fixed.set(writeVersion(options.version), VERSION_AT);
  fixed.set(mic, MIC_AT);
  return appendFields(fixed, [
    { at: DOMAIN_AT, value: writeText(message.domain, flags) },
    { at: USER_AT, value: writeText(message.user, flags) },
    { at: WORKSTATION_AT, value: writeText(message.workstation, flags) },
    { at: LM_RESPONSE_AT, value: options.lmResponse },
    { at: NT_RESPONSE_AT, value: message.ntResponse },
    { at: SESSION_KEY_AT, value: message.encryptedSessionKey },
  ]);
}
