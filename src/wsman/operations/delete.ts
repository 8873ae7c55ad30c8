import type { Operation } from '../operation.js';
import { findTarget, requireAllKeys } from '../target.js';

/** Delete (DSP0226 §7.4). The answer is empty. */
export const deleteInstance: Operation = async ({ resource, header, broker, findings }) => {
  const target = findTarget(resource, header.selectors);
  requireAllKeys(target);
  findings.target = target.path;
  await broker.deleteInstance(target.path);
  return { body: '' };
};
