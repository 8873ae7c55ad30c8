import { CimError } from '../../cim/cim-error.js';
import { shorten } from '../../cim/shorten.js';
import type { Right } from '../wsman-service.js';

const verbs: Readonly<Record<Right, string>> = { read: 'read', write: 'change', execute: 'call methods of' };

/** CIM_ERR_ACCESS_DENIED (2). Says nothing that the request did not say itself. */
export function accessDenied(right: Right, namespace: string, className?: string): CimError {
  const place = className === undefined ? namespace : `${shorten(className, 200)} in ${namespace}`;
  return new CimError('AccessDenied', `Access is denied: this user may not ${verbs[right]} ${place}.`);
}
