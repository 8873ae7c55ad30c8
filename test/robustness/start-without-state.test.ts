import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCli } from '../cli/run-cli.js';

/** What stands in the code of the stores, wherever the bundler puts it. */
const STORES = /function (createDurableStore|openLmdbState|openPostgresState)\b/;

describe('a start', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-start-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads no code of LMDB or PostgreSQL when it keeps no state', async () => {
    expect(await storesLoadedBy('none')).toEqual([]);
  });

  it('reads that of LMDB alone when its state is in a folder', async () => {
    expect(await storesLoadedBy(join(folder, 'state'))).toEqual(['createDurableStore', 'openLmdbState']);
  });

  /** Node writes down which files it has run. */
  async function storesLoadedBy(state: string): Promise<readonly string[]> {
    const coverage = await mkdtemp(join(folder, 'coverage-'));
    const options = ['--port', '0', '--https-port', 'off', '--ready-json', '--lab', 'none', '--user', 'ci:secret'];
    const args = ['serve', ...options, '--data-dir', join(folder, 'data'), '--state', state];
    const running = startCli(args, { NODE_V8_COVERAGE: coverage }, null);
    await running.firstLine();
    running.process.kill('SIGTERM');
    expect(await running.result).toMatchObject({ code: 0 });
    const [report = ''] = await readdir(coverage);
    const { result } = JSON.parse(await readFile(join(coverage, report), 'utf8')) as { result: { url: string }[] };
    const files = result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
    const isDatabase = files.filter((url) => /node_modules\/(pg|lmdb|@lmdb)\//.test(url));
    const texts = await Promise.all(files.map((url) => readFile(fileURLToPath(url), 'utf8')));
    const found = texts.flatMap((text) => [...text.matchAll(new RegExp(STORES, 'g'))].map(([, name = '']) => name));
    return [...found.sort(), ...isDatabase];
  }
});
