import { askReadyz } from '../ask-readyz.js';
import type { ServerAnswers } from './ask-server.js';
import { type Check, check } from './check.js';
import type { DoctorTarget } from './doctor-target.js';

/** Whether an endpoint of ours can do what it is asked to, or has lost what it keeps its state in. No other server is asked. */
export async function checkReady({ identity }: ServerAnswers, { url }: DoctorTarget): Promise<readonly Check[]> {
  if (identity?.productVendor !== 'Cimulator') return [];
  const problem = await askReadyz(new URL('/readyz', url));
  if (problem === undefined || !problem.startsWith('HTTP 503 ')) return [];
  const reason = problem.slice('HTTP 503 '.length);
  return [check('ready', 'fail', reason, 'what is read is answered still; the log of the endpoint says more')];
}
