import type { Case, Step } from '../case.js';
import { fault, ok } from '../expectations.js';
import { HARDWARE_ID } from '../lab.js';
import { actions, DMTF } from '../namespaces.js';
import { dmtfUri, inNamespace, type Parts, request } from '../requests.js';
import type { Target } from '../target.js';

/** The refusal of a change that a class does not allow. */
export const NOT_CHANGEABLE = fault('Sender', [
  'a:ActionNotSupported',
  'w:UnsupportedFeature',
  'w:AccessDenied',
  'w:InvalidParameter',
]);

/** The refusal of an instance that does not fit its class. */
export const INVALID = fault('Sender', ['x:InvalidRepresentation', 'w:InvalidParameter', 'w:SchemaValidationError']);

/** @param more markup of properties with prefix `h` */
export const hardwareIdXml = (id: string, more = '') =>
  `<h:${HARDWARE_ID} xmlns:h="${DMTF}${HARDWARE_ID}"><h:ElementName>conformance</h:ElementName><h:IDType>5</h:IDType>` +
  `<h:InstanceID>${id}</h:InstanceID><h:StorageID>iqn.1991-05.com.example:${id}</h:StorageID>${more}</h:${HARDWARE_ID}>`;

export const idOf = (target: Target, label: string) => `conformance-${target.run}-${label}`;

export const create = (target: Target, body: string, parts?: Parts) =>
  request({
    action: actions.create,
    uri: dmtfUri(target, HARDWARE_ID),
    selectors: inNamespace(target),
    body,
    ...parts,
  });

export const onId = (verb: 'get' | 'put' | 'delete', target: Target, id: string, parts?: Parts) =>
  request({
    action: actions[verb],
    uri: dmtfUri(target, HARDWARE_ID),
    selectors: inNamespace(target, { InstanceID: id }),
    ...parts,
  });

/** A case on an instance of its own, made before and taken away behind. */
export function withHardwareId(
  label: string,
  {
    steps,
    ...parts
  }: Omit<Case, 'steps' | 'cleanUp' | 'needs'> & {
    readonly steps: (id: (target: Target) => string) => readonly Step[];
  },
): Case {
  const id = (target: Target) => idOf(target, label);
  return {
    ...parts,
    needs: 'lab',
    steps: [{ send: (t) => create(t, hardwareIdXml(id(t))), expect: [ok] }, ...steps(id)],
    cleanUp: (t) => onId('delete', t, id(t)),
  };
}
