import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { CallOptions } from '../call-options.js';
import type { ClientValue } from '../client-value.js';
import { copyElement } from '../message/copy-element.js';
import { pathOfAnswer, readInstance } from '../message/read-instance.js';
import type { RequestElement } from '../message/request-element.js';
import { targetOf } from '../message/request-target.js';
import type { ResponseElement } from '../message/response-element.js';
import { writeValue } from '../message/write-value.js';
import { namespaces } from '../message/wsman-names.js';
import { type ClientSession, styleOf } from '../transport/client-session.js';
import { writeFragment } from './fragment-body.js';
import { getElement, getFragment, getInstance, readFragment } from './get.js';
import { withNamedKey, withNamedKeys } from './name-key.js';

export interface PutOptions extends CallOptions {
  /**
   * Names the changed properties in an option, as Set-CimInstance does, so that a server that knows it leaves the others
   * alone even when somebody else has changed them in between; true by default.
   */
  readonly modifiedProperties?: boolean;
}

type Changes = Readonly<Record<string, ClientValue>>;

/** MS-WSMV 3.2.4.2: one option for each changed property. */
const MODIFIED_PROPERTIES = 'wmiarray:__MIInstanceModifiedPropertiesList';

/**
 * Changes properties of an instance. Put writes the whole of it (DSP0226 §7.3): the instance is fetched, the changes
 * take the place of what was there, and everything else goes back as it came.
 *
 * @returns the instance as the server has it then
 */
export async function putInstance(
  session: ClientSession,
  on: InstancePath,
  given: Changes,
  call: PutOptions,
): Promise<CimInstance> {
  const path = await withNamedKey(session, on);
  const changes = await withNamedKeys(session, given);
  const before = await getElement(session, path, call);
  const style = styleOf(session, call, path.namespace);
  const { modifiedProperties = true, options } = call;
  const { body } = await session.send(
    {
      ...targetOf(path, style, call.resourceUri),
      action: `${namespaces.transfer}/Put`,
      options: { ...(modifiedProperties && { [MODIFIED_PROPERTIES]: Object.keys(changes) }), ...options },
      writeBody: (parent) =>
        writeChanged(parent, before, changes, (instance, name, value) =>
          writeValue(instance, name, value, { style, namespace: before.namespace ?? '', prefix: 'q' }),
        ),
    },
    call,
  );
  const [after] = body.children;
  if (!after) return getInstance(session, path, call);
  const { namespace } = style;
  const frame = { namespace, className: after.name, path: pathOfAnswer(path, after.name, namespace) };
  return readInstance(session, after, frame);
}

/**
 * Changes a part of an instance (DSP0226 §7.7), and nothing else of it.
 *
 * @returns the part as the server has it then
 */
export async function putFragment(
  session: ClientSession,
  on: InstancePath,
  fragment: string,
  given: ClientValue,
  call: CallOptions,
): Promise<CimValue> {
  const path = await withNamedKey(session, on);
  const { value = null } = await withNamedKeys(session, { value: given });
  const style = styleOf(session, call, path.namespace);
  const target = targetOf(path, style, call.resourceUri);
  const context = { style, namespace: target.resourceUri, prefix: 'q' };
  const answer = await session.send(
    {
      ...target,
      action: `${namespaces.transfer}/Put`,
      options: call.options,
      fragment,
      writeBody: (body) =>
        writeFragment(body, fragment, value, (parent, name, given) => writeValue(parent, name, given, context)),
    },
    call,
  );
  return answer.body.children.length === 0
    ? getFragment(session, path, fragment, call)
    : readFragment(session, path, answer, call);
}

/** Writes the instance with the changes in place of the old values, and new properties behind them. */
function writeChanged(
  parent: RequestElement,
  before: ResponseElement,
  changes: Changes,
  write: (instance: RequestElement, name: string, value: ClientValue) => void,
): void {
  const pending = new NameMap(Object.entries(changes));
  const instance = parent.ele(before.namespace ?? '', `q:${before.name}`);
  instance.att(namespaces.xsi, 'xsi:type', `q:${before.name}_Type`);
  const changed = new NameMap(pending);
  for (const child of before.children) {
    const value = pending.get(child.name);
    // An array has several elements: its new value stands at the first, and the others go.
    if (value !== undefined) write(instance, child.name, value);
    else if (!changed.has(child.name)) copyElement(instance, child);
    pending.delete(child.name);
  }
  for (const [name, value] of pending) write(instance, name, value);
}
