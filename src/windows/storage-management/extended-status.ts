import type { MethodContext, MethodOutput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { elementsOf } from '../elements-of.js';

const STATUS_CLASS = 'MSFT_StorageExtendedStatus';
/** `CIMStatusCode`: a general error. */
const FAILED = 1;

/**
 * What a method says of a refusal besides its code, where it has the output for that: what the code stands for. Why it is answered goes
 * where reasons go, and not into an envelope.
 */
export function extendedStatus(code: number, { method, schema }: MethodContext): MethodOutput {
  const declared = method.parameters.get('ExtendedStatus');
  if (declared?.type.embedded === undefined || !schema.findClass(STATUS_CLASS)) return {};
  const [codes, labels] = ['ValueMap', 'Values'].map((name) => method.qualifiers.get(name)?.value);
  const at = elementsOf(codes).indexOf(String(code));
  const label = Array.isArray(labels) && typeof labels[at] === 'string' ? labels[at] : null;
  const values = { MessageID: `StorageWMI ${code}`, Message: label, CIMStatusCode: FAILED };
  return { ExtendedStatus: new CimInstance(STATUS_CLASS, Object.entries(values)) };
}
