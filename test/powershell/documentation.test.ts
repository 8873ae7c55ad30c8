import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { hasKerberosKdc } from '../interop/kerberos-kdc.js';
import { type KerberosRealm, startKerberosRealm } from '../support/kerberos-realm.js';
import { findPesterHost } from './find-pwsh.js';
import { runScript as run } from './run-script.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const host = findPesterHost();
const kdc = hasKerberosKdc();
const TIMEOUT_MS = 120_000;
const runScript = (script: string, more?: Record<string, string>) => run(host?.pwsh ?? '', script, more);

/** The examples of a page in PowerShell, below a heading. */
function examplesOf(page: string, heading: string): readonly string[] {
  const section =
    readFileSync(`${root}${page}`, 'utf8')
      .split(/^#{2,} (?=.)/m)
      .find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^```powershell\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
}

/** What a reader types when asked for a password. */
const CREDENTIAL = `function Get-Credential($Name) { [pscredential]::new($Name, (ConvertTo-SecureString secret -AsPlainText -Force)) }`;
const READ_BACK = `
$pipe = Get-CimInstance -CimSession $session -Namespace $ns -ClassName CIMULATOR_ReplicationPipe
"read back: $($pipe.ElementName)"
$pipe | Remove-CimInstance
"left: $(@(Get-CimInstance -CimSession $session -Namespace $ns -ClassName CIMULATOR_ReplicationPipe).Count)"`;

describe.skipIf(host === undefined)('what the pages say of PowerShell', () => {
  it.each([
    ['', {}],
    [', with objects that have no function tables', { CIMULATOR_PLAIN_OBJECTS: '1' }],
  ])('runs as the README has it for Linux and macOS%s', { timeout: TIMEOUT_MS }, async (_, more) => {
    const [example = ''] = examplesOf('README.md', 'PowerShell (Linux, macOS)');
    const { output, errors } = await runScript(example, more);
    expect(errors).toBe('');
    expect(output).toMatch(/ReturnValue\s+: 0/);
    expect(output).toMatch(/^first\s+cimulator:pipe:/m);
  });

  it('runs as the page of the module has it', { timeout: TIMEOUT_MS }, async () => {
    const [example = ''] = examplesOf('docs/powershell.md', 'An endpoint in a test');
    const { output, errors } = await runScript(example);
    expect(errors).toBe('');
    expect(output).toMatch(/iscsi-a\.lab\.example\s+srv02/);
    expect(output).toContain('MSISCSITARGET_StorageConfigurationService');
  });

  describe('for Windows', () => {
    const [example = ''] = examplesOf('README.md', 'PowerShell (Windows)');
    let realm: KerberosRealm | undefined;
    let endpoint: Endpoint;
    let ticket = '';
    beforeAll(async () => {
      if (kdc) {
        realm = await startKerberosRealm();
        ticket = await realm.addUser('lab');
      }
      const keytab = await realm?.addService('HTTP/localhost');
      endpoint = await startEndpoint({
        httpsPort: 0,
        users: [{ name: 'lab', password: 'secret' }],
        ...(keytab !== undefined && { authentication: { kerberos: { keytab } } }),
      });
    }, TIMEOUT_MS);
    afterAll(async () => {
      await endpoint?.close();
      await realm?.stop();
    });

    /** The example with another session, or with its own on the endpoint's port. */
    const withSession = (session?: string) =>
      example
        .replace('-Port 5986', `-Port ${endpoint.https?.port}`)
        .replace(/^\$session = .*$/m, (line) => session?.replace('PORT', String(endpoint.http?.port)) ?? line);

    it.each([
      ['by Basic over HTTPS', undefined],
      [
        'by NTLM, sealed over HTTP',
        '$session = New-CimSession -ComputerName 127.0.0.1 -Port PORT -Credential (Get-Credential lab)',
      ],
    ])('runs %s', { timeout: TIMEOUT_MS }, async (_, session) => {
      const script = `Import-Module Cimulator\n${CREDENTIAL}\n${withSession(session)}\n${READ_BACK}`;
      const { output, errors } = await runScript(script);
      expect(errors).toBe('');
      expect(output).toMatch(/ReturnValue\s+: 0/);
      expect(output).toContain('read back: first\nleft: 0');
    });

    it.skipIf(!kdc)('runs by Kerberos', { timeout: TIMEOUT_MS }, async () => {
      const session = '$session = New-CimSession -ComputerName localhost -Port PORT -Authentication Kerberos';
      const script = `Import-Module Cimulator\n${withSession(session)}\n${READ_BACK}`;
      const { output, errors } = await runScript(script, { KRB5CCNAME: ticket });
      expect(errors).toBe('');
      expect(output).toContain('read back: first\nleft: 0');
    });

    it.skipIf(!kdc)('says that there is no ticket', { timeout: TIMEOUT_MS }, async () => {
      const session = `try { New-CimSession -ComputerName localhost -Port ${endpoint.http?.port} -Authentication Kerberos } catch { "said: $_" }`;
      const { output } = await runScript(`Import-Module Cimulator\n${session}`, { KRB5CCNAME: 'FILE:/nonexistent' });
      expect(output).toMatch(/said: .*(ticket|kinit)/);
    });
  });
});
