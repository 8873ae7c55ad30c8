import { MalformedTokenError } from '../malformed-token-error.js';
import { DerTag } from './der-reader.js';
import { writeDer } from './der-writer.js';

/** The longest identifier that is read; real ones have less than 16 bytes. */
const MAX_BYTES = 32;
/** Arcs are read into numbers; none that is in use comes near. */
const MAX_ARC = 2 ** 45;

/**
 * The dotted form of an object identifier's content (X.690 §8.19).
 *
 * @throws MalformedTokenError
 */
export function readObjectIdentifier(content: Buffer): string {
  if (content.length === 0 || content.length > MAX_BYTES)
    throw new MalformedTokenError(`an object identifier of ${content.length} bytes`);
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > MAX_ARC) throw new MalformedTokenError('an object identifier with a huge number');
    if (byte >= 0x80) continue;
    // The first two numbers share one (X.690 §8.19.4).
    if (arcs.length === 0) arcs.push(Math.min(Math.floor(arc / 40), 2), arc - 40 * Math.min(Math.floor(arc / 40), 2));
    else arcs.push(arc);
    arc = 0;
  }
  if ((content[content.length - 1] ?? 0) >= 0x80) throw new MalformedTokenError('an object identifier is cut');
  return arcs.join('.');
}

/** An object identifier as an element of DER. @param dotted as in `1.3.6.1.5.5.2` */
export function writeObjectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift(0x80 | (left % 128));
    return septets;
  });
  return writeDer(DerTag.objectIdentifier, Buffer.from(bytes));
}
