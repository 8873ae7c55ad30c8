import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCli } from '../cli/run-cli.js';

/** Has the process tell at its end what it loaded of Node. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process._rawDebug('loaded: ' + process.moduleLoadList.join(', ')));",
)}`;

/** Has it tell what it imports. */
const TELL_IMPORTS = `data:text/javascript,${encodeURIComponent(
  `import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    process._rawDebug('imported: ' + found.url);
    return found;
  }\`));`,
)}`;

describe('what a start leaves for later', () => {
  let dataDir: string;
  let loaded: readonly string[];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lean-start-'));
    const options = ['--port', '0', '--https-port', 'off', '--ready-json', '--user', 'alice:secret'];
    const cli = startCli(['serve', ...options, '--data-dir', dataDir], { NODE_OPTIONS: `--import ${TELL}` });
    await cli.firstLine();
    cli.process.kill('SIGTERM');
    const { stderr } = await cli.result;
    loaded = /^loaded: (.*)$/m.exec(stderr)?.[1]?.split(', ') ?? [];
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('is loaded when it is needed only, though packages ask for it at once', () => {
    expect(loaded).toContain('NativeModule http');
    for (const late of ['http2', 'internal/crypto/webcrypto']) {
      expect(loaded).not.toContain(`NativeModule ${late}`);
    }
  });
});

describe('what a start imports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lean-imports-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function importsOf(...flags: string[]): Promise<readonly string[]> {
    const options = ['--port', '0', '--https-port', 'off', '--ready-json', '--user', 'alice:secret'];
    const cli = startCli(['serve', ...options, '--data-dir', folder, ...flags], {
      NODE_OPTIONS: `--import ${TELL_IMPORTS}`,
    });
    await cli.firstLine();
    cli.process.kill('SIGTERM');
    const { stderr } = await cli.result;
    const files = [...stderr.matchAll(/^imported: (file:\S+)$/gm)].map(([, url]) => new URL(url ?? ''));
    return Promise.all(files.map((file) => readFile(file, 'utf8')));
  }

  /** Something that is in these packages only: the build joins them into files of ours. */
  const MARKS = { typebox: 'ObjectAdditionalProperties"] =', yaml: 'addNewLine =' };
  const among = (texts: readonly string[]) =>
    Object.entries(MARKS).flatMap(([name, mark]) => (texts.some((text) => text.includes(mark)) ? [name] : []));

  it('has no packages for files of settings in it, unless there is such a file', async () => {
    const file = join(folder, 'settings.yaml');
    writeFileSync(file, 'version: 1\n');
    expect(among(await importsOf())).toEqual([]);
    expect(among(await importsOf('--config', file))).toEqual(['yaml']);
  });
});
