import type { InstancePath } from '../cim/model/instance-path.js';
import type { MethodDescription } from '../client/class-description.js';
import { WsmanTransportError } from '../client/transport/wsman-transport-error.js';
import type { WsmanClient } from '../client/wsman-client.js';

/**
 * The declaration of a method that has run; undefined when the server does not give it. That it could not be asked is no reason to lose
 * the method's answer.
 */
export async function knownMethod(
  client: WsmanClient,
  { className, namespace }: InstancePath,
  method: string,
): Promise<MethodDescription | undefined> {
  try {
    return (await client.knownClass(className, namespace))?.methods.get(method);
  } catch (error) {
    if (error instanceof WsmanTransportError) return undefined;
    throw error;
  }
}
