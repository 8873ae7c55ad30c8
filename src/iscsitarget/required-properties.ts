import { booleanQualifier } from '../cim/model/cim-class.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { MissingValueError } from '../cim/model/missing-value-error.js';
import type { Schema } from '../cim/schema/schema.js';

/** @throws CimError InvalidParameter when a property that must not be NULL (DSP0004 §5.6.3.43, Required) is */
export function checkRequired(instance: CimInstance, schema: Schema): void {
  for (const property of schema.getClass(instance.className).properties.values()) {
    if (!booleanQualifier(property, 'Required') || instance.get(property.name) !== null) continue;
    throw new MissingValueError(`Property ${property.name} of class ${instance.className} is required.`);
  }
}
