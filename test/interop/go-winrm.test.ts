import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WMI } from '../support/envelopes.js';
import { at, readTree, type Tree } from '../support/read-answer.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { GO_ENVIRONMENT } from './go-environment.js';
import { findLiveClient } from './live-client.js';

const source = fileURLToPath(new URL('clients/go-winrm.go', import.meta.url));
const go = findLiveClient({
  name: 'masterzen/winrm (Go)',
  debianPackage: 'golang-go golang-github-masterzen-winrm-dev',
  probes: [['go', 'version']],
});

describe.skipIf(go === undefined)('masterzen/winrm', () => {
  const running = runEndpoint({ httpsPort: 0 });
  let folder = '';
  let program = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-go-'));
    program = join(folder, 'go-winrm');
    await promisify(execFile)(go ?? '', ['build', '-o', program, source], {
      env: { ...process.env, ...GO_ENVIRONMENT },
    });
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(task: Record<string, unknown>, url = running.url): Promise<{ answer: string; error?: string }> {
    const { hostname: Host, port: Port, protocol } = new URL(url);
    const child = execFile(program);
    child.stdin?.end(
      JSON.stringify({ Host, Port, HTTPS: protocol === 'https:', User: USER, Password: PASSWORD, ...task }),
    );
    if (!child.stdout || !child.stderr) throw new Error('no pipes');
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (output === '') throw new Error(errors);
    return JSON.parse(output) as { answer: string; error?: string };
  }

  const systems = (answer: string) =>
    at(readTree(answer), 'Envelope', 'Body', 'EnumerateResponse', 'Items', 'MSFTSM_ComputerSystem');

  it('enumerates a class', async () => {
    const { answer, error } = await run({ ResourceURI: `${WMI}CIM_ComputerSystem` });
    expect(error).toBeUndefined();
    expect(systems(answer)).toHaveLength(3);
  });

  it('enumerates a class over HTTPS', async () => {
    const { answer } = await run({ ResourceURI: `${WMI}CIM_ComputerSystem` }, running.endpoint.https?.url);
    expect(systems(answer)).toHaveLength(3);
  });

  it('enumerates the services of the Windows machine', async () => {
    const ResourceURI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service';
    const { answer } = await run({ ResourceURI });
    const items = at(readTree(answer), 'Envelope', 'Body', 'EnumerateResponse', 'Items', 'Win32_Service');
    const services = (items as Tree[]).map((one) => [at(one, 'Name'), at(one, 'State'), at(one, 'ProcessId')]);
    expect(services).toContainEqual(['Spooler', 'Running', '1480']);
    expect(services).toContainEqual(['W32Time', 'Stopped', '0']);
  });

  it('is told that the password is wrong', async () => {
    const { error } = await run({ ResourceURI: `${WMI}CIM_ComputerSystem`, Password: 'wrong' });
    expect(error).toContain('401');
  });
});
