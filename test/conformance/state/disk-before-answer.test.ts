import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WsmanClient } from '../../../src/index.js';
import type { RunningCli } from '../../cli/run-cli.js';
import { hasStrace } from '../../support/find-strace.js';
import { clientOf, makePipe } from './lab-client.js';
import { serveState } from './serve-state.js';

const TRACE = ['-f', '-y', '-s', '16', '-e', 'trace=pwrite64,pwritev,writev,write,fdatasync'];

/** Every call that strace has seen, with what it is told of the file of the state and of answers. */
type Seen = 'written' | 'synced' | 'answered';

function readSeen(trace: string): Seen[] {
  const waiting = new Set<string>();
  return trace.split('\n').flatMap((line): Seen[] => {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (/^fdatasync\(\d+<[^>]*store\.mdb>\s*<unfinished/.test(rest)) waiting.add(thread);
    else if (/^fdatasync\(\d+<[^>]*store\.mdb>\) += 0/.test(rest)) return ['synced'];
    else if (/^<\.\.\. fdatasync resumed>\) += 0/.test(rest) && waiting.delete(thread)) return ['synced'];
    else if (/^(?:pwrite64|pwritev|writev)\(\d+<[^>]*store\.mdb>/.test(rest)) return ['written'];
    else if (/^writev?\(\d+<(?:socket|TCP)[^>]*>.*"HTTP\/1\.1 200/.test(rest)) return ['answered'];
    return [];
  });
}

/** What came before each answer, but for what came before the one in front of it. */
function beforeAnswers(seen: readonly Seen[]): string[] {
  return seen
    .map((one) => one[0])
    .join('')
    .split('a')
    .slice(0, -1);
}

describe.skipIf(!hasStrace('the disk before the answer'))('an answer to a change', () => {
  let folder: string;
  let cli: RunningCli;
  let client: WsmanClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-traced-'));
    cli = serveState(join(folder, 'state'));
    client = clientOf((JSON.parse(await cli.firstLine()) as { http: string }).http);
  });
  afterAll(async () => {
    await client?.close();
    cli?.process.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  async function traced(work: () => Promise<unknown>): Promise<Seen[]> {
    const file = join(folder, 'trace');
    const strace: ChildProcess = spawn('strace', [...TRACE, '-o', file, '-p', `${cli.process.pid}`]);
    let said = '';
    strace.stderr?.on('data', (text) => {
      said += text;
    });
    while (!said.includes('attached')) await once(strace.stderr as NonNullable<typeof strace.stderr>, 'data');
    await work();
    const ended = once(strace, 'exit');
    strace.kill('SIGINT');
    await ended;
    return readSeen(await readFile(file, 'latin1'));
  }

  it('is sent when the change and what says that it is there have been waited for', async () => {
    // Its client learns the class of what it is given.
    await makePipe(client, 'first');
    const seen = await traced(async () => {
      for (const name of ['a', 'b', 'c']) await makePipe(client, name);
    });
    const before = beforeAnswers(seen);
    expect(before).toHaveLength(3);
    // The pages, a wait, the page that says that they are there, and a wait behind which nothing is written.
    for (const calls of before) expect(calls).toMatch(/^w+sws$/);
  });
});
