import { describe, expect, it } from 'vitest';
import { banner } from '../../src/cli/banner.js';

const FACTS = {
  version: '1.2.3',
  http: { url: 'http://127.0.0.1:5985/wsman' },
  https: { url: 'https://127.0.0.1:5986/wsman', port: 5986, fingerprints: { sha256: 'AA:BB', sha1: 'CCDD' } },
  account: { name: 'cimulator', password: 'S3cret' },
  lab: 'two-servers',
  state: { kind: 'lmdb', place: '/data/state', wasFound: false },
  scheme: 'Basic',
} as const;

/** The line to paste under a heading. */
function paste(text: string, heading: string): string {
  const lines = text.split('\n');
  return (lines[lines.indexOf(`  ${heading}`) + 1] ?? '').trim();
}

describe('the banner', () => {
  it('gives all there is to know, one fact a line', () => {
    expect(banner(FACTS).split('\n').slice(0, 11)).toEqual([
      'cimulator 1.2.3 is listening',
      '',
      '  HTTP        http://127.0.0.1:5985/wsman',
      '  HTTPS       https://127.0.0.1:5986/wsman',
      '  Account     cimulator',
      '  Password    S3cret   (made now; it will not be shown again)',
      '  SHA-256     AA:BB',
      '  Thumbprint  CCDD',
      '  Lab         two-servers',
      '  State       /data/state   (new: the lab was applied now; back to it later: cimulator reset)',
      '',
    ]);
  });

  it('has a line for PowerShell that does the main job over HTTPS', () => {
    const line = paste(banner(FACTS), 'PowerShell');
    expect(line).toMatch(/^\$s = New-CimSession -ComputerName '127\.0\.0\.1' -Port 5986 -Authentication Basic /);
    expect(line).toContain('New-CimSessionOption -UseSsl -SkipCACheck -SkipCNCheck');
    expect(line).toContain('Invoke-CimMethod -CimSession $s -InputObject $v -MethodName CreateOrModifyReplicationPipe');
    expect(line).toContain("'S3cret'");
  });

  it('asks PowerShell for a password it does not know', () => {
    const line = paste(banner({ ...FACTS, account: { name: "o'hara" } }), 'PowerShell');
    expect(line).toContain("-Credential (Get-Credential 'o''hara')");
  });

  it('does not name objects of a lab it does not know', () => {
    expect(banner({ ...FACTS, lab: 'mine.mof' })).not.toContain('iscsi-a.lab.example');
  });

  it('has a line for winrm', () => {
    expect(paste(banner(FACTS), 'winrm')).toBe(
      'winrm identify -r:https://127.0.0.1:5986 -a:Basic -u:cimulator -p:S3cret -skipCAcheck -skipCNcheck -encoding:utf-8',
    );
  });

  it('names Negotiate where there is no Basic', () => {
    const text = banner({ ...FACTS, scheme: 'Negotiate' });
    expect(paste(text, 'PowerShell')).toContain(' -Authentication Negotiate ');
    expect(paste(text, 'winrm')).toContain(' -a:Negotiate ');
  });

  it('has a line for Linux that needs no password', () => {
    expect(paste(banner(FACTS), 'Linux')).toMatch(
      /^curl -sS -H 'WSMANIDENTIFY: unauthenticated' .* http:\/\/127\.0\.0\.1:5985\/wsman$/,
    );
  });

  it('says nothing of HTTPS when it is off, and nothing of a password that was not made now', () => {
    const { https: _https, ...plain } = FACTS;
    const text = banner({ ...plain, account: { name: 'alice' } });
    expect(text).not.toMatch(/HTTPS|SHA-256|PowerShell|winrm|Password/);
  });

  it('has a Linux line without HTTP', () => {
    const { http: _http, ...secure } = FACTS;
    expect(paste(banner(secure), 'Linux')).toMatch(/^curl -sS --insecure .* https:\/\/127\.0\.0\.1:5986\/wsman$/);
  });
});
