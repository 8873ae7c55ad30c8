import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { CallOptions } from '../call-options.js';
import type { AnswerEnvelope } from '../message/read-envelope.js';
import { knownClasses, pathOfAnswer, readInstance } from '../message/read-instance.js';
import { classesWithin, readProperties } from '../message/read-typed-value.js';
import { isNil } from '../message/read-value.js';
import { targetOf } from '../message/request-target.js';
import { checkName } from '../message/request-writer.js';
import { findChild, type ResponseElement } from '../message/response-element.js';
import { namespaces } from '../message/wsman-names.js';
import { type ClientSession, styleOf } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';
import { withNamedKey } from './name-key.js';

export interface GetOptions extends CallOptions {
  /** Only these properties. WS-Man has no such request: the whole instance comes, and the others are dropped. */
  readonly properties?: readonly string[];
}

/** Get (DSP0226 §7.2). */
export async function getInstance(session: ClientSession, given: InstancePath, call: GetOptions): Promise<CimInstance> {
  const path = await withNamedKey(session, given);
  const element = await getElement(session, path, call);
  const { namespace } = styleOf(session, call, path.namespace);
  const className = element.name;
  const frame = { namespace, className, path: pathOfAnswer(path, className, namespace) };
  const instance = await readInstance(session, element, frame);
  return call.properties ? project(instance, call.properties) : instance;
}

/** The element of an instance as the server wrote it. */
export async function getElement(
  session: ClientSession,
  path: InstancePath,
  call: CallOptions,
): Promise<ResponseElement> {
  const [element] = (await sendGet(session, path, call)).body.children;
  if (!element) throw new WsmanTransportError('response', 'the answer to Get holds no instance');
  return element;
}

/**
 * Get of a part (DSP0226 §7.7): the answer holds what the XPath found, elements or text.
 *
 * @returns the value of the property; of several, those in an instance
 */
export async function getFragment(
  session: ClientSession,
  path: InstancePath,
  fragment: string,
  call: CallOptions,
): Promise<CimValue> {
  return readFragment(session, path, await sendGet(session, path, call, fragment), call);
}

/** The value in the `w:XmlFragment` of an answer. */
export async function readFragment(
  session: ClientSession,
  path: InstancePath,
  { body }: AnswerEnvelope,
  call: CallOptions,
): Promise<CimValue> {
  const found = findChild(body, 'XmlFragment');
  if (!found) throw new WsmanTransportError('response', 'the answer holds no XmlFragment');
  if (isNil(found)) return null;
  if (found.children.length === 0) return found.text;
  const { className } = path;
  const { namespace } = styleOf(session, call, path.namespace);
  const classes = await knownClasses(session, namespace, () => classesWithin(found, className));
  const values = readProperties(found, className, classes);
  const [only] = values.values();
  return values.size === 1 && only !== undefined ? only : new CimInstance(className, values);
}

async function sendGet(
  session: ClientSession,
  path: InstancePath,
  call: CallOptions,
  fragment?: string,
): Promise<AnswerEnvelope> {
  checkName(path.className, 'class');
  const target = targetOf(await withNamedKey(session, path), styleOf(session, call), call.resourceUri);
  return session.send({ ...target, action: `${namespaces.transfer}/Get`, options: call.options, fragment }, call);
}

function project(instance: CimInstance, names: readonly string[]): CimInstance {
  const wanted = new NameMap(names.map((name) => [name, true] as const));
  return new CimInstance(
    instance.className,
    [...instance.properties].filter(([name]) => wanted.has(name)),
    instance.path,
  );
}
