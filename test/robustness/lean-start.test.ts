import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCli } from '../cli/run-cli.js';

/** Has the process tell at its end what it loaded of Node. */
const TELL = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process._rawDebug('loaded: ' + process.moduleLoadList.join(', ')));",
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
