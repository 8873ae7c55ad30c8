import { encodeReference } from '../../wscim/encode-reference.js';
import type { Operation } from '../operation.js';
import { findTarget } from '../target.js';
import { readBodyInstance } from './body-instance.js';

/** Create (DSP0226 §7.5): the Body holds the new instance, the answer its endpoint reference. */
export const create: Operation = async ({ resource, header, body, user, cancellation }, { broker }) => {
  const target = findTarget(resource, header.selectors);
  const instance = readBodyInstance(body, target.cimClass, target.wscim);
  const path = await broker.createInstance(target.namespace.name, instance, { user, cancellation });
  const reference = encodeReference(path, target.family, target.namespace.name);
  return { body: `<x:ResourceCreated>${reference}</x:ResourceCreated>` };
};
