import { median } from './load.mjs';
import { invokeRequest, port } from './requests.mjs';
import { post, startOurs } from './servers.mjs';

/** One request with 1,000 and with 2,000 endpoint references: the time must grow with the size, not faster. */
export async function scalingBench({ rounds }) {
  const server = await startOurs();
  try {
    const times = new Map();
    for (const count of [1000, 2000]) {
      const body = invokeRequest(references(count));
      await post(server.url, body);
      const taken = [];
      for (let round = 0; round < Math.max(rounds * 5, 15); round += 1) {
        const start = performance.now();
        await post(server.url, body);
        taken.push(performance.now() - start);
      }
      times.set(count, median(taken));
    }
    const ratio = times.get(2000) / times.get(1000);
    const what = `2,000 references (${times.get(2000).toFixed(1)} ms) over 1,000 (${times.get(1000).toFixed(1)} ms)`;
    return [{ what, value: ratio.toFixed(2), target: '≤ 2.2', met: ratio <= 2.2 }];
  } finally {
    await server.stop();
  }
}

function references(count) {
  let xml = '';
  for (let index = 0; index < count / 2; index += 1) {
    xml += `<p:SourceEndpoint>${port('iscsi-a.lab.example', `tcp-${index}`)}</p:SourceEndpoint>`;
    xml += `<p:TargetEndpoint>${port('iscsi-b.lab.example', `tcp-${index}`)}</p:TargetEndpoint>`;
  }
  return xml;
}
