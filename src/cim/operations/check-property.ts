import { findTypeProblem } from '../model/check-value.js';
import type { CimClass, CimProperty } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import { CimInstance } from '../model/cim-instance.js';
import type { CimType } from '../model/cim-type.js';
import { type CimValue, isCimArray } from '../model/cim-value.js';
import { findLengthProblem } from '../model/find-length-problem.js';
import { shorten } from '../model/shorten.js';
import { aboutName } from '../model/unknown-name.js';
import type { Schema } from '../schema/schema.js';

/** The property of a class by its name, in any case. @throws CimError NoSuchProperty */
export function getProperty(cimClass: CimClass, name: string): CimProperty {
  const property = cimClass.properties.get(name);
  if (property) return property;
  const error = new CimError('NoSuchProperty', `Class ${cimClass.name} has no property ${shorten(name, 200)}.`);
  throw aboutName(error, { kind: 'property', name, cimClass });
}

/**
 * Checks what a client wants to store in a property. What references refer to is not looked at.
 *
 * @throws CimError TypeMismatch
 */
export function checkProperty({ name, type }: CimProperty, value: CimValue, schema: Schema): void {
  const problem = findTypeProblem(value, type) ?? findEmbeddingProblem(value, type, schema);
  if (problem) throw new CimError('TypeMismatch', `Property ${name}: ${problem}.`);
}

/**
 * Checks the length of what is new in a property: what was in it before may be longer, and clients send back what they got.
 *
 * @throws CimError InvalidParameter
 */
export function checkLength(property: CimProperty, value: CimValue, schema: Schema): void {
  const problem = findLengthProblem(property, value, schema);
  if (problem) throw new CimError('InvalidParameter', `Property ${property.name}: ${problem}.`);
}

/** What is embedded must be of the declared class (DSP0004 §5.6.3.16). */
function findEmbeddingProblem(value: CimValue, { embedded }: CimType, schema: Schema): string | undefined {
  if (embedded?.kind !== 'instance') return undefined;
  for (const element of isCimArray(value) ? value : [value]) {
    if (!(element instanceof CimInstance) || schema.isA(element.className, embedded.className)) continue;
    return `an instance of ${shorten(element.className)} was given where ${embedded.className} is wanted`;
  }
  return undefined;
}
