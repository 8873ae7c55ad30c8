import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import { changedProperties } from '../changed-properties.js';
import { encodeContextOf } from '../encode-context.js';
import { findFragment } from '../fragment/find-fragment.js';
import { readFragment } from '../fragment/read-fragment.js';
import { answerFragment } from '../fragment/write-fragment.js';
import type { Operation } from '../operation.js';
import { uriOfClass } from '../resource.js';
import { findTarget, requireAllKeys } from '../target.js';
import { writeInstance } from '../write-instance.js';
import { readBodyInstance } from './body-instance.js';
import { storeRepresentation } from './representation-error.js';

/**
 * Put (DSP0226 §7.3): the Body holds the whole instance. Properties that keep their value are no change, so that
 * read-only ones may be sent along; a CIM client names the changed ones in an option, and then only those count. With
 * FragmentTransfer the Body holds one property, and nothing else changes.
 */
export const put: Operation = async ({ resource, header, body, broker, findings, call }) => {
  const { fragment: path, options, selectors } = header;
  const { cancellation } = call;
  const target = findTarget(resource, selectors);
  requireAllKeys(target);
  findings.target = target.path;
  const current = await broker.getInstance(target.path);
  const { schema } = target.space;
  const cimClass = schema.getClass(current.className);
  const modify = (changes: NameMap<CimValue>) => broker.modifyInstance(current.path ?? target.path, changes);
  const uri = cimClass === target.cimClass ? target.uri : uriOfClass(target, cimClass.name);
  const context = encodeContextOf(target, options);
  if (path) {
    const fragment = findFragment(path, current, cimClass, schema);
    const { name } = fragment.property;
    const changed = await storeRepresentation(async () => {
      const reading = readFragment(body, fragment, target.wscim, cancellation);
      return modify(new NameMap([[name, reading instanceof Promise ? await reading : reading]]));
    });
    if (!changed) return { body: '' };
    return answerFragment(path, { ...fragment, value: changed.get(name) }, uri, context, cancellation);
  }
  const changed = await storeRepresentation(async () => {
    const reading = readBodyInstance(body, cimClass, target.wscim, call);
    return modify(changedProperties((reading instanceof Promise ? await reading : reading).properties, options));
  });
  return { body: changed ? await writeInstance(changed, { cimClass, uri }, context, cancellation) : '' };
};
