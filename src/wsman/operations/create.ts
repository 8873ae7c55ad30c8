import { encodeReference } from '../../wscim/encode-reference.js';
import type { Operation } from '../operation.js';
import { findTarget } from '../target.js';
import { readBodyInstance } from './body-instance.js';
import { storeRepresentation } from './representation-error.js';

/** Create (DSP0226 §7.5): the Body holds the new instance, the answer its endpoint reference. */
export const create: Operation = async ({ resource, header, body, broker, findings, call }) => {
  const target = findTarget(resource, header.selectors);
  const path = await storeRepresentation(async () => {
    const reading = readBodyInstance(body, target.cimClass, target.wscim, call, 'anything');
    return broker.createInstance(target.space.name, reading instanceof Promise ? await reading : reading);
  });
  findings.target = path;
  const reference = encodeReference(path, target.family, target.space.name);
  return { body: `<x:ResourceCreated>${reference}</x:ResourceCreated>` };
};
