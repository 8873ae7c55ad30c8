import type { Cancellation } from '../cim/contracts/cancellation.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { encodeInstance, encodeInstanceInSteps, type InstanceView } from '../wscim/encode-instance.js';
import type { EncodeContext } from '../wscim/encode-value.js';
import { encodeInSlices } from './encode-in-slices.js';

/** The element of an instance, for an answer that holds nothing else. */
export function writeInstance(
  instance: CimInstance,
  view: InstanceView,
  context: EncodeContext,
  cancellation: Cancellation,
): string | Promise<string> {
  return encodeInSlices(
    instance.properties.values(),
    cancellation,
    () => encodeInstance(instance, view, context),
    () => encodeInstanceInSteps(instance, view, context),
  );
}
