import { WsmanFault } from '../../soap/wsman-fault.js';
import { decodeInstance } from '../../wscim/decode-value.js';
import { encodeReference } from '../../wscim/encode-reference.js';
import type { Operation } from '../operation.js';
import { findTarget } from '../target.js';

/** Create (DSP0226 §7.5): the Body holds the new instance, the answer its endpoint reference. */
export const create: Operation = async ({ resource, header, body, user, cancellation }, { broker }) => {
  const target = findTarget(resource, header.selectors);
  const [element] = body.children;
  if (!element) throw new WsmanFault('MissingValues', 'The Body of a Create holds no instance.');
  const instance = decodeInstance(element, target.cimClass.name, target.cimClass.name, target.wscim);
  const path = await broker.createInstance(target.namespace.name, instance, { user, cancellation });
  const reference = encodeReference(path, target.family, target.namespace.name);
  return { body: `<x:ResourceCreated>${reference}</x:ResourceCreated>` };
};
