import type { CimClass } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import { shorten } from '../model/shorten.js';
import type { Access, Right } from './access.js';

const verbs: Readonly<Record<Right, string>> = { read: 'read', write: 'change', execute: 'call methods of' };

/** CIM_ERR_ACCESS_DENIED (2). Says nothing that the request did not say itself. */
export function accessDenied(right: Right, namespace: string, className?: string): CimError {
  const place = className === undefined ? namespace : `${shorten(className, 200)} in ${namespace}`;
  return new CimError('AccessDenied', `Access is denied: this user may not ${verbs[right]} ${place}.`);
}

/**
 * Refuses a class that the user may not use as a whole.
 *
 * @param cimClass undefined when there is no class of the name
 * @throws CimError AccessDenied
 */
export function checkClass(access: Access, namespace: string, cimClass: CimClass | undefined, name: string): void {
  const { permissions, right } = access;
  if (cimClass ? access.allows(namespace, cimClass) : permissions.allows(right, namespace, [name])) return;
  throw accessDenied(right, namespace, name);
}
