import type { InstancePath } from '../../cim/model/instance-path.js';
import type { CallOptions } from '../call-options.js';
import { targetOf } from '../message/request-target.js';
import { checkName } from '../message/request-writer.js';
import { namespaces } from '../message/wsman-names.js';
import { type ClientSession, styleOf } from '../transport/client-session.js';
import { withNamedKey } from './name-key.js';

/** Delete (DSP0226 §7.4). */
export async function deleteInstance(session: ClientSession, path: InstancePath, call: CallOptions): Promise<void> {
  checkName(path.className, 'class');
  const target = targetOf(await withNamedKey(session, path), styleOf(session, call), call.resourceUri);
  await session.send({ ...target, action: `${namespaces.transfer}/Delete`, options: call.options }, call);
}
