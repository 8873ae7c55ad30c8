import type { Namespace } from '../contracts/namespaces.js';
import type { CimInstance } from '../model/cim-instance.js';

/** @throws TypeError when it is no instance of an indication's class */
export function checkIndication({ className }: CimInstance, { name, schema }: Namespace): void {
  if (schema.findClass(className)?.isIndication) return;
  throw new TypeError(`${className} is no indication's class in ${name}`);
}
