import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { headers } from './servers.mjs';

const run = promisify(execFile);

/** wrk costs less CPU than a client in JavaScript, so it is taken where it is installed. */
const hasWrk = (() => {
  try {
    execFileSync('wrk', ['-v'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return error.code !== 'ENOENT';
  }
})();

export const loadTool = hasWrk ? 'wrk' : 'autocannon';

/**
 * Sends bodies by turns, over and over; requests per second and the 99th percentile in milliseconds.
 *
 * @param fields headers, `connection: close` for a new connection each time
 */
export function load(url, bodies, connections, seconds, fields = headers) {
  return (hasWrk ? withWrk : withAutocannon)(url, bodies, connections, seconds, fields);
}

async function withWrk(url, bodies, connections, seconds, fields) {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-wrk-'));
  try {
    const script = join(folder, 'request.lua');
    const lines = Object.entries(fields).map(([name, value]) => `wrk.headers["${name}"] = "${value}"`);
    const report = `done = function(s, l) io.write(string.format("RESULT %d %d %d %d %d\\n", s.requests, s.duration, l:percentile(99), s.errors.status, s.errors.connect + s.errors.read + s.errors.timeout)) end`;
    const texts = bodies.map((body) => `[==[${body}]==]`).join(', ');
    const turns = `local requests, last = {}, 0
init = function() for n, body in ipairs({ ${texts} }) do requests[n] = wrk.format(nil, nil, nil, body) end end
request = function() last = last % #requests + 1; return requests[last] end`;
    await writeFile(script, `wrk.method = "POST"\n${lines.join('\n')}\n${turns}\n${report}\n`);
    const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, url]);
    const [, requests, duration, p99, status, broken] = /RESULT (\d+) (\d+) (\d+) (\d+) (\d+)/.exec(stdout).map(Number);
    if (status + broken > 0) throw new Error(`${status} answers were not 200, ${broken} got none`);
    return { rate: requests / (duration / 1e6), p99: p99 / 1000 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withAutocannon(url, bodies, connections, seconds, fields) {
  const requests = bodies.map((body) => ({ method: 'POST', headers: fields, body }));
  const result = await autocannon({ url, requests, connections, duration: seconds });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx} answers were not 200, ${result.errors} got none`);
  return { rate: result.requests.average, p99: result.latency.p99 };
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
