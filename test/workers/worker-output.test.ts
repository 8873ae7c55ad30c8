import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { forwardLines, writeLogLine } from '../../src/workers/worker-output.js';

it('what a process writes in pieces is handed on in whole lines', async () => {
  const lines: string[] = [];
  const from = new PassThrough();
  forwardLines(from, (line) => lines.push(line));
  from.write('one\ntw');
  from.write('o\nthree');
  from.end();
  await new Promise((resolve) => from.once('close', resolve));
  expect(lines).toEqual(['one\n', 'two\n', 'three\n']);
});

it('what is no line of the log, such as that of a crash, becomes one with the number of its worker', () => {
  const written: string[] = [];
  const log = { write: (line: string) => void written.push(line) };
  writeLogLine('{"level":30,"worker":2,"msg":"ready"}\n', 2, log);
  writeLogLine('RangeError: out of it\n', 2, log);
  expect(written.map((line) => JSON.parse(line))).toEqual([
    { level: 30, worker: 2, msg: 'ready' },
    { level: 50, time: expect.any(String), worker: 2, msg: 'RangeError: out of it' },
  ]);
});
