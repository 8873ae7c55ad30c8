import { ns } from '../xml/namespaces.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import { WsmanFault } from './wsman-fault.js';

const NEXT = `${ns.soap}/role/next`;
const ULTIMATE_RECEIVER = `${ns.soap}/role/ultimateReceiver`;

/** Names of header blocks by namespace. */
export type BlockNames = ReadonlyMap<string, ReadonlySet<string>>;

const TRUE = /^\s*(?:true|1)\s*$/i;

/**
 * Whether the sender insists that a header block is understood: `s:mustUnderstand` is true or 1.
 *
 * Only the attribute of the SOAP namespace counts (SOAP 1.2 §5.2.3). pywinrm writes `mustUnderstand` without a
 * prefix; it does so on blocks that every service understands, where it changes nothing, and on any other block it
 * has no meaning, so reading it could only refuse what works.
 */
export function isMandatory(block: XmlElement): boolean {
  const value = attributeOf(block, 'mustUnderstand', ns.soap);
  return value !== undefined && (value === 'true' || value === '1' || TRUE.test(value));
}

/**
 * Checks every header block that is meant for this service and must be understood.
 *
 * @param understood names of the blocks that are
 * @throws {@link WsmanFault} `MustUnderstand`, naming all blocks that are not
 */
export function checkMustUnderstand(headers: readonly XmlElement[], understood: BlockNames): void {
  let unknown: XmlElement[] | undefined;
  for (const block of headers) {
    if (!isMandatory(block) || understood.get(block.namespaceUri)?.has(block.localName) || !isForUs(block)) continue;
    if (unknown === undefined) unknown = [block];
    else unknown.push(block);
  }
  const first = unknown?.[0];
  if (first === undefined) return;
  throw new WsmanFault(
    'MustUnderstand',
    `The header ${first.localName} must be understood, but is not known.`,
    unknown,
  );
}

/** SOAP 1.2 §2.2: a block for another role is not ours to judge. */
function isForUs(block: XmlElement): boolean {
  const role = attributeOf(block, 'role', ns.soap)?.trim();
  return role === undefined || role === '' || role === NEXT || role === ULTIMATE_RECEIVER;
}
