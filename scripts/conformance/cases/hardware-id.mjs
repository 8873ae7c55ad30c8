import { fault, ok } from '../expectations.mjs';
import { HARDWARE_ID } from '../lab.mjs';
import { dmtfUri, inNamespace, request } from '../messages.mjs';
import { actions, DMTF } from '../namespaces.mjs';

/** @import { Case, Step, Target } from '../types.mjs' */
/** @import { Parts } from '../messages.mjs' */

/** The refusal of a change that a class does not allow. */
export const NOT_CHANGEABLE = fault('Sender', [
  'a:ActionNotSupported',
  'w:UnsupportedFeature',
  'w:AccessDenied',
  'w:InvalidParameter',
]);

/** The refusal of an instance that does not fit its class. */
export const INVALID = fault('Sender', ['x:InvalidRepresentation', 'w:InvalidParameter', 'w:SchemaValidationError']);

/** @param {string} id @param {string} more markup of properties with prefix `h` */
export const hardwareIdXml = (id, more = '') =>
  `<h:${HARDWARE_ID} xmlns:h="${DMTF}${HARDWARE_ID}"><h:ElementName>conformance</h:ElementName><h:IDType>5</h:IDType>` +
  `<h:InstanceID>${id}</h:InstanceID><h:StorageID>iqn.1991-05.com.example:${id}</h:StorageID>${more}</h:${HARDWARE_ID}>`;

/** @param {Target} target @param {string} label */
export const idOf = (target, label) => `conformance-${target.run}-${label}`;

/** @param {Target} target @param {string} body @param {Parts} [parts] */
export const create = (target, body, parts) =>
  request({
    action: actions.create,
    uri: dmtfUri(target, HARDWARE_ID),
    selectors: inNamespace(target),
    body,
    ...parts,
  });

/**
 * @param {'get' | 'put' | 'delete'} verb
 * @param {Target} target
 * @param {string} id
 * @param {Parts} [parts]
 */
export const onId = (verb, target, id, parts) =>
  request({
    action: actions[verb],
    uri: dmtfUri(target, HARDWARE_ID),
    selectors: inNamespace(target, { InstanceID: id }),
    ...parts,
  });

/**
 * A case on an instance of its own, made before and taken away behind.
 *
 * @param {string} label
 * @param {Omit<Case, 'steps' | 'cleanUp' | 'needs'> & { readonly steps: (id: (target: Target) => string) => readonly Step[] }} parts
 * @returns {Case}
 */
export function withHardwareId(label, { steps, ...parts }) {
  const id = (/** @type {Target} */ target) => idOf(target, label);
  return {
    ...parts,
    needs: 'lab',
    steps: [{ send: (t) => create(t, hardwareIdXml(id(t))), expect: [ok] }, ...steps(id)],
    cleanUp: (t) => onId('delete', t, id(t)),
  };
}
