import { mayReadInstance } from '../contracts/access.js';
import type { Call } from '../contracts/call.js';
import type { InstanceContext } from '../contracts/provider.js';
import type { HandlerContext } from '../create-handler.js';
import type { CimProperty } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import type { CimValue } from '../model/cim-value.js';
import { InstancePath } from '../model/instance-path.js';
import { shorten } from '../model/shorten.js';
import { resolvePath } from './resolve-path.js';

/**
 * The value as it is to be stored: a reference becomes the path under which its object is stored, whatever base class or
 * spelling the client named it by, so that it is found from there. No property is an array of references (DSP0004 §7.9.2).
 *
 * @throws CimError InvalidParameter when the object does not exist, TypeMismatch when it is of another class; to who may not read
 *   it, one of another class does not exist
 */
export async function resolveReference(
  broker: HandlerContext,
  { name, type }: CimProperty,
  value: CimValue,
  context: InstanceContext,
  call: Call,
): Promise<CimValue> {
  if (!(value instanceof InstancePath)) return value;
  const space = broker.namespaces.findNamespace(value.namespace ?? context.namespace);
  // Of objects on other hosts it cannot be told whether they exist.
  if (!space && value.host !== undefined) return value;
  const find = async (wanted?: string) =>
    space && (await resolvePath(value, space.name, space.schema, context.store, wanted));
  const wanted = type.referenceClass;
  const wantedOne = await find(wanted);
  if (wantedOne?.path) return wantedOne.path;
  const found = await find();
  if (!found?.path || !mayReadInstance(found.path, call.access?.permissions, broker.namespaces)) {
    const text = shorten(value.toString(), 500);
    throw new CimError('InvalidParameter', `Property ${name} refers to ${text}, which does not exist.`);
  }
  throw new CimError('TypeMismatch', `Property ${name} refers to a ${found.className}, not to a ${wanted}.`);
}
