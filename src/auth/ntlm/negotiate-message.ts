import { MessageType, messageStart, openMessage } from './message-fields.js';
import { hasFlag, NegotiateFlag } from './negotiate-flags.js';
import { type Version, writeVersion } from './version.js';

/** The oldest clients send nothing but the flags. */
const MIN_BYTES = 16;
const DOMAIN_AT = 16;
const WORKSTATION_AT = 24;
const FIELDS_END = 32;

/** What a client begins with (MS-NLMP 2.2.1.1). Its names are checked and not kept: nothing may be concluded from them. */
export interface NegotiateMessage {
  readonly flags: number;
}

/** @throws MalformedTokenError */
export function readNegotiateMessage(message: Buffer): NegotiateMessage {
  const short = openMessage(message, MessageType.negotiate, MIN_BYTES);
  const flags = message.readUInt32LE(12);
  if (message.length >= FIELDS_END) {
    if (hasFlag(flags, NegotiateFlag.oemDomainSupplied)) short.field(DOMAIN_AT, 'DomainName');
    if (hasFlag(flags, NegotiateFlag.oemWorkstationSupplied)) short.field(WORKSTATION_AT, 'Workstation');
  }
  return { flags };
}

/** Writes the message, without names. */
export function writeNegotiateMessage(flags: number, version?: Version): Buffer {
  const fixed = Buffer.alloc(FIELDS_END - 12);
  fixed.writeUInt32LE(flags, 0);
  return Buffer.concat([messageStart(MessageType.negotiate), fixed, writeVersion(version)]);
}
