import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, median } from './load.mjs';
import { invokeRequest, modifyRequests } from './requests.mjs';
import { post, startOurs } from './servers.mjs';

const CONNECTIONS = 16;
const METHOD = 'CreateOrModifyReplicationPipe';

/** A hundred rules of every kind of condition, of which none matches: by method, by input of the method that is called, by class, by keys. */
const conditions = (n) =>
  [
    { method: 'CreateReplica', class: 'CIM_Service' },
    { method: METHOD, input: { PipeElementName: `no pipe ${n}` } },
    { class: 'CIM_NetworkPipe', operation: 'Invoke' },
    { method: METHOD, selectors: { SystemName: `no system ${n}` } },
  ][n % 4];

const rules = Array.from({ length: 100 }, (_, n) => ({ when: conditions(n), then: { http: 503 } }));

/** What rules cost that do not match: an Invoke beside the same without rules. */
export async function rulesBench({ seconds, rounds }) {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-rules-'));
  const file = join(folder, 'rules.json');
  await writeFile(file, JSON.stringify({ rules }));
  const servers = { without: await startOurs(), ruled: await startOurs({ options: ['--rules', file] }) };
  try {
    const bodies = {};
    for (const [kind, { url }] of Object.entries(servers))
      bodies[kind] = modifyRequests(await post(url, invokeRequest('<p:PipeElementName>bench</p:PipeElementName>')));
    const measure = async (kind) => (await load(servers[kind].url, bodies[kind], CONNECTIONS, seconds)).rate;
    await measure('without');
    await measure('ruled');
    const runs = [];
    for (let round = 0; round < rounds; round += 1)
      runs.push({ without: await measure('without'), ruled: await measure('ruled') });
    const of = (kind) => median(runs.map((run) => run[kind]));
    const ratio = median(runs.map((run) => run.ruled / run.without));
    return [
      {
        what: `Invoke with 100 rules, none matches: ${of('ruled').toFixed(0)}/s of ${of('without').toFixed(0)}/s`,
        value: ratio.toFixed(2),
        target: '≥ 0.9',
        met: ratio >= 0.9,
      },
    ];
  } finally {
    await Promise.all(Object.values(servers).map(({ stop }) => stop()));
    await rm(folder, { recursive: true });
  }
}
