import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enumerateAll, enumerationMessage } from './enumerate-all.mjs';
import { median } from './load.mjs';
import { post, startOurs } from './servers.mjs';

const NS = 'root/cimv2/storage/iScsiTarget';
const CLASS = 'MSISCSITARGET_StorageHardwareID';

/** Many instances: all of them in batches, queries by key, by index and by scan; and whether an item costs more among many. */
export async function instancesBench() {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-lab-'));
  try {
    const few = await measure(folder, 10_000);
    const many = await measure(folder, 100_000);
    const growth = many.perItem / few.perItem;
    const ms = (value) => `${value.toFixed(1)} ms`;
    return [
      result(
        'enumerate 100,000 instances in batches of 1,000',
        `${(1e6 / many.perItem).toFixed(0)}/s`,
        '≥ 20,000/s',
        many.perItem <= 50,
      ),
      result('time per item, 100,000 over 10,000', growth.toFixed(2), '≤ 1.15', growth <= 1.15),
      result('RSS growth while enumerating', `${many.growth.toFixed(0)} MB`, '≤ 60 MB', many.growth <= 60),
      result('WQL by key over 100,000', ms(many.byKey), '≤ 2 ms', many.byKey <= 2),
      result('WQL by indexed equality', ms(many.byIndex), '≤ 2 ms', many.byIndex <= 2),
      result('WQL by scan', ms(many.byScan), '≤ 150 ms', many.byScan <= 150),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function result(what, value, target, met) {
  return { what, value, target, met };
}

async function measure(folder, count) {
  const lab = join(folder, `${count}.mof`);
  await writeFile(lab, labOf(count));
  const server = await startOurs({ lab });
  try {
    await enumerateAll(server.url, CLASS, count);
    const before = await rss(server.pid);
    const times = [];
    for (let round = 0; round < 5; round += 1) times.push(await enumerateAll(server.url, CLASS, count));
    const after = await rss(server.pid);
    const time = (condition) => timeOf(server.url, condition);
    return {
      perItem: (median(times) * 1000) / count,
      growth: after - before,
      byKey: await time(`InstanceID = 'id:${count / 2}'`),
      byIndex: await time(`StorageID = 'iqn.2026-11.example:host-77'`),
      byScan: await time("StorageID like '%host-999_'"),
    };
  } finally {
    await server.stop();
  }
}

function labOf(count) {
  const lines = [`#pragma namespace("${NS}")`];
  for (let index = 0; index < count; index += 1) {
    lines.push(
      `instance of ${CLASS} { InstanceID = "id:${index}"; ElementName = "host ${index}"; StorageID = "iqn.2026-11.example:host-${index}"; IDType = 5; };`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Milliseconds of one query, the first runs left out: an index is built by the first query that wants it. */
async function timeOf(url, condition) {
  const filter = `<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">select * from ${CLASS} where ${condition}</w:Filter>`;
  const body = `<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>1000</w:MaxElements>${filter}</n:Enumerate>`;
  const times = [];
  for (let round = 0; round < 12; round += 1) {
    const start = performance.now();
    await post(url, enumerationMessage('Enumerate', 'http://schemas.dmtf.org/wbem/wscim/1/*', body));
    if (round >= 3) times.push(performance.now() - start);
  }
  return median(times);
}

async function rss(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
