import type { CimInterceptor } from '../cim/contracts/cim-handler.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import { CimError } from '../cim/model/cim-error.js';
import { CimStatus, type CimStatusName } from '../cim/model/cim-status.js';
import type { OutsideMethod } from '../control/methods/outside-methods.js';
import { type Channel, ChannelError } from './channel.js';
import type { PrimaryServices } from './protocol.js';

/** Takes calls of methods that are answered from outside to the primary, which has the streams of those who answer. */
export async function askPrimary(
  namespaces: Namespaces,
  list: () => readonly OutsideMethod[],
  primary: Channel<PrimaryServices>,
): Promise<CimInterceptor> {
  const [{ interceptCalls }, { readAnswer }] = await Promise.all([
    import('../control/methods/intercept-calls.js'),
    import('../control/methods/read-answer.js'),
  ]);
  return interceptCalls(namespaces, list, async (found, { method, schema }, event, call) => {
    try {
      const answer = await primary.ask('call', { method: found.id, event }, call.cancellation.signal);
      const outcome = readAnswer(answer, method, (name) => schema.findClass(name)?.properties);
      if (outcome instanceof CimError) throw outcome;
      return outcome;
    } catch (error) {
      if (!(error instanceof ChannelError) || error.status === undefined) throw error;
      call.explain(error.message);
      throw new CimError(nameOf(error.status), error.message);
    }
  });
}

function nameOf(status: number): CimStatusName {
  const names = Object.keys(CimStatus) as CimStatusName[];
  return names.find((name) => CimStatus[name] === status) ?? 'Failed';
}
