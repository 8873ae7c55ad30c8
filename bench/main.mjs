/**
 * `npm run bench`: ratios measured in one run, ours beside a bare fastify server that reads the same body and returns an
 * answer of the same size. Numbers of different runs or machines do not compare; ratios nearly do.
 *
 * Options: --seconds N (per measurement, default 5), --rounds N (default 3, the median counts), --only NAME
 */
import { parseArgs } from 'node:util';
import { authenticationBench } from './authentication.mjs';
import { bridgeBench } from './bridge.mjs';
import { clientEnumerateBench, clientGetBench } from './client.mjs';
import { concurrencyBench } from './concurrency.mjs';
import { durableBench } from './durable.mjs';
import { endpointsBench } from './endpoints.mjs';
import { hostsBench } from './hosts.mjs';
import { instancesBench } from './instances.mjs';
import { memoryBench } from './memory.mjs';
import { newConnectionsBench } from './new-connections.mjs';
import { postgresBench } from './postgres.mjs';
import { powershellBench } from './powershell.mjs';
import { requestsKeptBench } from './requests-kept.mjs';
import { rulesBench } from './rules.mjs';
import { scalingBench } from './scaling.mjs';
import { slowMethodsBench } from './slow-methods.mjs';
import { soakBench } from './soak.mjs';
import { startUpBench } from './start-up.mjs';
import { stateBench } from './state.mjs';
import { storedInstancesBench } from './stored-instances.mjs';
import { workersBench } from './workers.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
});
const options = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
const benches = {
  'start-up': startUpBench,
  state: stateBench,
  concurrency: concurrencyBench,
  'new-connections': newConnectionsBench,
  authentication: authenticationBench,
  rules: rulesBench,
  'slow-methods': slowMethodsBench,
  'requests-kept': requestsKeptBench,
  scaling: scalingBench,
  memory: memoryBench,
  hosts: hostsBench,
  soak: soakBench,
  instances: instancesBench,
  durable: durableBench,
  workers: workersBench,
  'stored-instances': storedInstancesBench,
  postgres: postgresBench,
  endpoints: endpointsBench,
  'client-get': clientGetBench,
  'client-enumerate': clientEnumerateBench,
  bridge: bridgeBench,
  powershell: powershellBench,
};

let missed = 0;
for (const [name, bench] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue;
  console.log(`\n# ${name}`);
  for (const { what, value, target, met } of await bench(options)) {
    if (!met) missed += 1;
    console.log(`${met ? 'ok  ' : 'MISS'}  ${what.padEnd(58)} ${value.padStart(12)}   target ${target}`);
  }
}
console.log(`\n${missed === 0 ? 'all targets met' : `${missed} targets missed`} (node ${process.version})`);
process.exitCode = missed === 0 ? 0 : 1;
