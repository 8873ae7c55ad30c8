import type { Namespace } from '../contracts/namespaces.js';
import type { CimClass } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import { shorten } from '../model/shorten.js';
import { aboutName } from '../model/unknown-name.js';

/** GetClass. A class that does not exist is NotFound, not InvalidClass (DSP0223 §7.4.18): it is what was asked for. */
export function getClass({ name, schema }: Namespace, className: string): CimClass {
  const found = schema.findClass(className);
  if (found) return found;
  const error = new CimError('NotFound', `There is no class ${shorten(className, 200)} in ${name}.`);
  throw aboutName(error, { kind: 'class', name: className, schema });
}
