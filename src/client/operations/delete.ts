import type { InstancePath } from '../../cim/instance-path.js';
import type { CallOptions } from '../call-options.js';
import { type ClientSession, styleOf } from '../client-session.js';
import { targetOf } from '../request-target.js';
import { checkName } from '../request-writer.js';
import { namespaces } from '../wsman-names.js';

/** Delete (DSP0226 §7.4). */
export async function deleteInstance(session: ClientSession, path: InstancePath, call: CallOptions): Promise<void> {
  checkName(path.className, 'class');
  const target = targetOf(path, styleOf(session, call));
  await session.send({ ...target, action: `${namespaces.transfer}/Delete`, options: call.options }, call);
}
