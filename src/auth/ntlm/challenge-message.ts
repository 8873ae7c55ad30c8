import { appendFields, MessageType, messageStart, openMessage } from './message-fields.js';
import { readText, writeText } from './message-text.js';
import { type Version, writeVersion } from './version.js';

const TARGET_NAME_AT = 12;
const FLAGS_AT = 20;
const CHALLENGE_AT = 24;
const TARGET_INFO_AT = 40;
const VERSION_AT = 48;
const FIXED_BYTES = 56;

/** What a server answers (MS-NLMP 2.2.1.2). */
export interface ChallengeMessage {
  readonly flags: number;
  readonly targetName: string;
  /** 8 bytes. */
  readonly challenge: Buffer;
  /** A list of AV_PAIRs, as it is on the wire. */
  readonly targetInfo: Buffer;
}

/** @throws MalformedTokenError */
export function readChallengeMessage(message: Buffer): ChallengeMessage {
  // The version may be missing (MS-NLMP <9>); no payload begins before where it would be.
  const fields = openMessage(message, MessageType.challenge, VERSION_AT);
  const flags = message.readUInt32LE(FLAGS_AT);
  return {
    flags,
    targetName: readText(fields.field(TARGET_NAME_AT, 'TargetName'), flags, 'TargetName'),
    challenge: message.subarray(CHALLENGE_AT, CHALLENGE_AT + 8),
    targetInfo: fields.field(TARGET_INFO_AT, 'TargetInfo'),
  };
}

export function writeChallengeMessage(message: ChallengeMessage, version?: Version): Buffer {
  const fixed = Buffer.alloc(FIXED_BYTES);
  fixed.set(messageStart(MessageType.challenge));
  fixed.writeUInt32LE(message.flags, FLAGS_AT);
  fixed.set(message.challenge, CHALLENGE_AT);
  fixed.set(writeVersion(version), VERSION_AT);
  return appendFields(fixed, [
    { at: TARGET_NAME_AT, value: writeText(message.targetName, message.flags) },
    { at: TARGET_INFO_AT, value: message.targetInfo },
  ]);
}
