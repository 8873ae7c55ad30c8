import { CimError } from '../../cim/cim-error.js';
import { shorten } from '../../cim/shorten.js';
import { writeClass } from '../../cimxml/write-class.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { encodeInstance } from '../../wscim/encode-instance.js';
import { checkClass } from '../access/check-resource.js';
import { classOptions } from '../class-options.js';
import { encodeContextOf } from '../encode-context.js';
import { findFragment } from '../fragment/find-fragment.js';
import { writeFragment } from '../fragment/write-fragment.js';
import type { Operation, OperationContext, OperationRequest } from '../operation.js';
import { uriOfClass } from '../resource.js';
import { findTarget, requireAllKeys } from '../target.js';

/**
 * Get (DSP0226 §7.2): an instance by its keys, or a class declaration. A base class finds the instance of a subclass;
 * the element is named after the real class then.
 */
export const get: Operation = async (request, { broker, access }) => {
  if (request.resource.kind === 'class-declarations') return { body: getClass(request, access) };
  const target = findTarget(request.resource, request.header.selectors);
  requireAllKeys(target);
  const instance = await broker.getInstance(target.path);
  const cimClass = target.namespace.schema.getClass(instance.className);
  const uri = cimClass === target.cimClass ? target.uri : uriOfClass(target, cimClass.name);
  const context = encodeContextOf(target, request.header.options);
  const { fragment } = request.header;
  if (fragment) {
    return writeFragment(fragment, findFragment(fragment, instance, cimClass, target.namespace.schema), uri, context);
  }
  return { body: encodeInstance(instance, { cimClass, uri }, context) };
};

/**
 * GetClass (MS-WSMV 3.1.4.1.38): selector ClassName says which. A class that does not exist is NotFound here, not
 * InvalidClass (DSP0223 §7.4.18): it is what was asked for.
 */
function getClass({ header, resource }: OperationRequest, access: OperationContext['access']): string {
  const name = header.selectors.get('ClassName')?.text.trim();
  if (!name) throw new WsmanFault('InsufficientSelectors', 'A class declaration needs the selector ClassName.');
  const cimClass = resource.namespace.schema.findClass(name);
  if (access) checkClass(access, resource.namespace.name, cimClass, name);
  if (!cimClass)
    throw new CimError('NotFound', `There is no class ${shorten(name, 200)} in ${resource.namespace.name}.`);
  return writeClass(cimClass, classOptions(header.options));
}
