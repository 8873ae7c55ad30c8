import type { BrokerContext } from '../broker.js';
import type { CimProperty } from '../cim-class.js';
import { CimError } from '../cim-error.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim-value.js';
import { InstancePath } from '../instance-path.js';
import type { InstanceContext } from '../provider.js';
import { resolvePath } from '../resolve-path.js';
import { shorten } from '../shorten.js';

/**
 * The value as it is to be stored: references become the paths under which their objects are stored, whatever base class
 * or spelling the client named them by, so that they are found from there.
 *
 * @throws CimError InvalidParameter when an object does not exist, TypeMismatch when it is of another class
 */
export async function resolveReferences(
  broker: BrokerContext,
  property: CimProperty,
  value: CimValue,
  context: InstanceContext,
): Promise<CimValue> {
  if (property.type.name !== 'reference') return value;
  if (!isCimArray(value)) return resolveReference(broker, property, value, context);
  const resolved: (CimScalar | null)[] = [];
  for (const element of value) resolved.push(await resolveReference(broker, property, element, context));
  return resolved;
}

async function resolveReference(
  broker: BrokerContext,
  { name, type }: CimProperty,
  path: CimScalar | null,
  context: InstanceContext,
): Promise<CimScalar | null> {
  if (!(path instanceof InstancePath)) return path;
  const namespace = broker.findNamespace(path.namespace ?? context.namespace);
  // Of objects on other hosts it cannot be told whether they exist.
  if (!namespace && path.host !== undefined) return path;
  const found = namespace && (await resolvePath(path, namespace.name, namespace.schema, context.store));
  if (!found?.path || !namespace) {
    const text = shorten(path.toString(), 500);
    throw new CimError('InvalidParameter', `Property ${name} refers to ${text}, which does not exist.`);
  }
  const wanted = type.referenceClass;
  if (wanted === undefined || namespace.schema.isA(found.className, wanted)) return found.path;
  throw new CimError('TypeMismatch', `Property ${name} refers to a ${found.className}, not to a ${wanted}.`);
}
