import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HOSTS = 50;
const MOST_SECONDS = 1.5;
const MOST_MIB = 2;

/** Starts an endpoint with one host and with fifty, in a process of their own, and tells how long it took and what they keep. */
const MEASURE = `
const { startEndpoint } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
const hosts = (count) => Array.from({ length: count }, (_, at) => ({ name: 'srv' + at + '.lab.example' }));
const heap = () => { gc(); gc(); return process.memoryUsage().heapUsed; };
await (await startEndpoint({ hosts: hosts(2) })).close();
async function measure(count) {
  const before = heap();
  const from = performance.now();
  const endpoint = await startEndpoint({ hosts: hosts(count) });
  const seconds = (performance.now() - from) / 1000;
  const bytes = heap() - before;
  await endpoint.close();
  return { seconds, bytes };
}
console.log(JSON.stringify([await measure(1), await measure(${HOSTS})]));
`;

/** Fifty hosts of the default lab beside one: what each costs besides. */
export async function hostsBench() {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--expose-gc', '--input-type=module', '--eval', MEASURE], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const [one, all] = JSON.parse(stdout);
  const seconds = all.seconds - one.seconds;
  const mib = (all.bytes - one.bytes) / (HOSTS - 1) / 2 ** 20;
  return [
    {
      what: `start of ${HOSTS} hosts, beyond the first (${(one.seconds * 1000).toFixed(0)} ms)`,
      value: `${seconds.toFixed(2)} s`,
      target: `≤ ${MOST_SECONDS} s`,
      met: seconds <= MOST_SECONDS,
    },
    {
      what: `heap of each host after a collection`,
      value: `${mib.toFixed(2)} MiB`,
      target: `≤ ${MOST_MIB} MiB`,
      met: mib <= MOST_MIB,
    },
  ];
}
