import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecording } from '../../src/replay/recording.js';
import { createRecording } from '../../src/replay/recording-writer.js';

const HEAD = '{"format":"cimulator-recording-1","at":"2026-11-30T00:00:00.000Z","upstream":"http://a/wsman"}';
const LINE =
  '{"at":"2026-11-30T00:00:01.000Z","ms":3,"request":{"operation":"Identify"},"answer":{"status":200,"body":"<a/>"}}';

describe('readRecording', () => {
  it('reads messages with the lines that they stand on', () => {
    const { head, messages } = readRecording(`${HEAD}\n\n${LINE}\n`, 'a.jsonl');
    expect(head.upstream).toBe('http://a/wsman');
    expect(messages).toMatchObject([{ line: 3, request: { operation: 'Identify' } }]);
  });

  it.each([
    ['nothing', '', 'a.jsonl:1: no JSON'],
    ['another file', '{"name":"x"}\n', "a.jsonl: no recording: its first line has no format 'cimulator-recording-…'"],
    ['another version', `${HEAD.replace('-1"', '-0"')}\n`, "record it again with 'cimulator record'"],
    ['a line cut short', `${HEAD}\n${LINE.slice(0, 60)}`, 'a.jsonl:2: no JSON: is the file cut short?'],
    [
      'a line without an answer',
      `${HEAD}\n${LINE}\n{"request":{"operation":"Get"}}`,
      "a.jsonl:3: 'answer' has no status",
    ],
    ['a line without an operation', `${HEAD}\n{"request":{}}`, "a.jsonl:2: 'request.operation' is missing"],
    ['a list', `${HEAD}\n[]`, 'a.jsonl:2: no JSON object'],
  ])('refuses %s, with the place', (_, text, message) => {
    expect(() => readRecording(text, 'a.jsonl')).toThrow(message);
  });
});

describe('createRecording', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-recording-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes what is read again, for its owner only', async () => {
    const file = join(folder, 'a.jsonl');
    const writer = await createRecording(file, 'http://a/wsman', new Date(0));
    const message = { ...JSON.parse(LINE) };
    for (let times = 0; times < 20; times += 1) writer.write({ ...message, ms: times });
    await writer.close();
    expect(writer.count).toBe(20);
    const { messages } = readRecording(await readFile(file, 'utf8'), file);
    expect(messages.map(({ ms }) => ms)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('takes nobody else’s file away', async () => {
    const file = join(folder, 'a.jsonl');
    await writeFile(file, 'mine');
    await expect(createRecording(file, 'http://a/wsman', new Date(0))).rejects.toThrow('there is such a file');
    await expect(createRecording(join(folder, 'no', 'a'), 'x', new Date(0))).rejects.toThrow(
      'cannot be written (ENOENT)',
    );
    expect(await readFile(file, 'utf8')).toBe('mine');
  });
});
