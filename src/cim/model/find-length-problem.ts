import type { Schema } from '../schema/schema.js';
import type { CimElement } from './cim-class.js';
import { CimInstance } from './cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from './cim-value.js';

/**
 * Tells which text is longer than the qualifier MaxLen of its property or parameter allows (DSP0004 §5.6.3.33), or undefined when none is.
 * Of an array each element counts by itself; in an embedded instance, which has properties of its own, each of them.
 */
export function findLengthProblem(element: CimElement, value: CimValue, schema: Schema): string | undefined {
  if (typeof value === 'string') return findTextProblem(element, value);
  if (value instanceof CimInstance) return findEmbeddedProblem(value, schema);
  if (!isCimArray(value)) return undefined;
  for (const [index, one] of value.entries()) {
    const problem = findElementProblem(element, one, schema);
    if (problem) return `element ${index}: ${problem}`;
  }
  return undefined;
}

function findElementProblem(element: CimElement, value: CimScalar | null, schema: Schema): string | undefined {
  if (typeof value === 'string') return findTextProblem(element, value);
  return value instanceof CimInstance ? findEmbeddedProblem(value, schema) : undefined;
}

function findEmbeddedProblem(instance: CimInstance, schema: Schema): string | undefined {
  const cimClass = schema.findClass(instance.className);
  for (const [name, value] of instance.properties) {
    const property = cimClass?.properties.get(name);
    const problem = property && findLengthProblem(property, value, schema);
    if (problem) return `property ${name}: ${problem}`;
  }
  return undefined;
}

function findTextProblem({ qualifiers }: CimElement, text: string): string | undefined {
  const most = qualifiers.get('MaxLen')?.value;
  if (typeof most !== 'number' || text.length <= most) return undefined;
  const length = lengthOf(text, most);
  return length <= most ? undefined : `${length} characters are more than the ${most} that MaxLen allows`;
}

/** In characters, of which some are two units of UTF-16. What is too long in any case is not counted through. */
function lengthOf(text: string, most: number): number {
  if (text.length > 2 * most) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}
