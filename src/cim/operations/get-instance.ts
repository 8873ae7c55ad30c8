import type { Call } from '../contracts/call.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { CimError } from '../model/cim-error.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { InstancePath } from '../model/instance-path.js';
import { shorten } from '../model/shorten.js';
import { askFor } from './ask-for.js';
import { deriveValues } from './derive-values.js';
import { resolvePath } from './resolve-path.js';

/** GetInstance (DSP0223 §7.4.1); a path of a base class finds the one instance of a subclass with these keys. */
export async function getInstance(context: HandlerContext, path: InstancePath, call: Call): Promise<CimInstance> {
  const space = spaceOf(context, path);
  const asked = await askFor(context, space, path.className, path.keys, call);
  if (asked !== 'stored') {
    if (!asked) throw notFound(path);
    return asked;
  }
  const found = await findStored(context, path);
  return space.derivations.isEmpty ? found : deriveValues(context, space, found, call);
}

/** The same without what is derived. @throws CimError as GetInstance does */
export async function findStored(context: HandlerContext, path: InstancePath): Promise<CimInstance> {
  const space = spaceOf(context, path);
  space.schema.getClass(path.className);
  const found = await resolvePath(path, space.name, space.schema, context.store);
  if (!found) throw notFound(path);
  return found;
}

/** @throws CimError InvalidParameter when the path names no namespace, InvalidNamespace when it does not exist */
export function spaceOf(context: HandlerContext, path: InstancePath): ServedNamespace {
  if (path.namespace === undefined)
    throw new CimError('InvalidParameter', `Path ${shorten(path.toString(), 200)} names no namespace.`);
  return context.namespaces.getNamespace(path.namespace);
}

export function notFound(path: InstancePath): CimError {
  return new CimError('NotFound', `There is no instance ${shorten(path.toString(), 500)}.`);
}
