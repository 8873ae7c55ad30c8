import { InstancePath } from '../../cim/model/instance-path.js';
import type { CallOptions } from '../call-options.js';
import type { ClientValue } from '../client-value.js';
import { knownClasses } from '../message/read-instance.js';
import { readReference } from '../message/read-reference.js';
import { typePath } from '../message/read-typed-value.js';
import { targetOf } from '../message/request-target.js';
import { checkName } from '../message/request-writer.js';
import { findChild } from '../message/response-element.js';
import { writeValue } from '../message/write-value.js';
import { namespaces } from '../message/wsman-names.js';
import { type ClientSession, styleOf } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';
import { withNamedKeys } from './name-key.js';

export interface CreateOptions extends CallOptions {
  /** Instead of the client's. */
  readonly namespace?: string;
}

/** Create (DSP0226 §7.5). @returns the path that the server gave the instance */
export async function createInstance(
  session: ClientSession,
  className: string,
  given: Readonly<Record<string, ClientValue>>,
  call: CreateOptions,
): Promise<InstancePath> {
  const properties = await withNamedKeys(session, given);
  const style = styleOf(session, call, call.namespace);
  const target = targetOf(new InstancePath({ className: checkName(className, 'class') }), style, call.resourceUri);
  const { resourceUri } = target;
  const { body } = await session.send(
    {
      ...target,
      action: `${namespaces.transfer}/Create`,
      options: call.options,
      writeBody(parent) {
        const instance = parent.ele(resourceUri, `m:${className}`);
        instance.att(namespaces.xsi, 'xsi:type', `m:${className}_Type`);
        const context = { style, namespace: resourceUri, prefix: 'm' };
        for (const [name, value] of Object.entries(properties)) writeValue(instance, name, value, context);
      },
    },
    call,
  );
  const created = findChild(body, 'ResourceCreated');
  const path = created && readReference(created);
  if (!path) throw new WsmanTransportError('response', 'the answer to Create names no instance');
  const classes = await knownClasses(session, path.namespace ?? style.namespace, () => [path.className]);
  return typePath(path, classes.get(path.className));
}
