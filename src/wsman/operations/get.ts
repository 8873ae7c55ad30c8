import { encodeContextOf } from '../encode-context.js';
import { findFragment } from '../fragment/find-fragment.js';
import { answerFragment } from '../fragment/write-fragment.js';
import type { Operation } from '../operation.js';
import { uriOfClass } from '../resource.js';
import { findTarget, requireAllKeys } from '../target.js';
import { writeInstance } from '../write-instance.js';

/**
 * Get of an instance by its keys (DSP0226 §7.2). A base class finds the instance of a subclass; the element is named after
 * the real class then.
 */
export const get: Operation = async ({ resource, header, broker, findings, call }) => {
  const target = findTarget(resource, header.selectors);
  requireAllKeys(target);
  findings.target = target.path;
  const instance = await broker.getInstance(target.path);
  const cimClass = target.space.schema.getClass(instance.className);
  const uri = cimClass === target.cimClass ? target.uri : uriOfClass(target, cimClass.name);
  const context = encodeContextOf(target, header.options);
  const { fragment } = header;
  if (fragment) {
    const found = findFragment(fragment, instance, cimClass, target.space.schema);
    return answerFragment(fragment, found, uri, context, call.cancellation);
  }
  const writing = writeInstance(instance, { cimClass, uri }, context, call.cancellation);
  return { body: writing instanceof Promise ? await writing : writing };
};
