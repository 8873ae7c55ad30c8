import type { CimMethod } from './cim-class.js';

/** What is wrong with a parameter that the method does not declare; the same whoever finds it. */
export function unknownParameterText(method: CimMethod, name: string): string {
  return `Method ${method.name} has no parameter ${name}.`;
}
