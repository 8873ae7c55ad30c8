import type { Cancellation } from '../cim/contracts/cancellation.js';
import { LongWork } from '../cim/long-work.js';
import type { XmlElement } from '../xml/xml-element.js';

/** Parameters or properties, each member of an array counted, that are decoded in one go. */
const FEW = 64;

/**
 * What is in an element: nearly always it is little, and decoded at once; else in slices, between which others are answered. Both
 * ways come to the same.
 */
export function decodeInSlices<T>(
  element: XmlElement | undefined,
  cancellation: Cancellation,
  atOnce: () => T,
  inSteps: () => Generator<void, T, void>,
): T | Promise<T> {
  return element === undefined || element.children.length <= FEW
    ? atOnce()
    : new LongWork(cancellation).finish(inSteps());
}
