import type { CimInstance } from '../cim/model/cim-instance.js';
import type { OperationCall } from './operation.js';

/** Sends instances as they come. Leaving the loop early, by a cancellation, releases the enumeration on the server. */
export async function sendInstances(call: OperationCall, instances: AsyncIterable<CimInstance>): Promise<object> {
  for await (const instance of instances) {
    const sent = call.sendInstance(instance);
    if (sent !== undefined) await sent;
  }
  return {};
}
