import { encodeReference } from '../../wscim/encode-reference.js';
import type { Operation } from '../operation.js';
import { findTarget } from '../target.js';
import { readBodyInstance } from './body-instance.js';
import { storeRepresentation } from './representation-error.js';

/** Create (DSP0226 §7.5): the Body holds the new instance, the answer its endpoint reference. */
export const create: Operation = async ({ resource, header, body, broker, findings }) => {
  const target = findTarget(resource, header.selectors);
  const path = await storeRepresentation(async () => {
    const instance = readBodyInstance(body, target.cimClass, target.wscim, 'anything');
    return broker.createInstance(target.space.name, instance);
  });
  findings.target = path;
  const reference = encodeReference(path, target.family, target.space.name);
  return { body: `<x:ResourceCreated>${reference}</x:ResourceCreated>` };
};
