import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPesterHost } from './find-pwsh.js';
import { runScript } from './run-script.js';

const host = findPesterHost();
const TIMEOUT_MS = 120_000;
/** strace, which the kernel may forbid. */
const hasTrace = spawnSync('strace', ['-e', 'trace=connect', 'true'], { stdio: 'ignore' }).status === 0;
if (!hasTrace) {
  if (process.env.CIMULATOR_REQUIRE_LIVE_CLIENTS === '1') throw new Error('strace is not installed, or may not trace');
  console.log('skipped: strace is not installed, or may not trace');
}

/** Calls of every kind to computers that are no endpoint's, in this process, in another runspace and in a job. */
const CALLS = `
  $said = foreach ($name in 'unknown.example', '192.0.2.1') {
    $calls = @(
      { Get-CimInstance -ComputerName $args[0] -ClassName Win32_OperatingSystem -OperationTimeoutSec 1 }
      { Invoke-CimMethod -ComputerName $args[0] -ClassName Win32_OperatingSystem -MethodName Reboot -OperationTimeoutSec 1 }
      { Get-CimClass -ComputerName $args[0] -ClassName Win32_OperatingSystem -OperationTimeoutSec 1 }
      { New-CimSession -ComputerName $args[0] -Credential ([pscredential]::new('u', (ConvertTo-SecureString p -AsPlainText -Force))) -OperationTimeoutSec 1 }
      { param($name) 1 | ForEach-Object -Parallel { Import-Module Cimulator; Get-CimInstance -ComputerName $using:name -ClassName Win32_OperatingSystem -OperationTimeoutSec 1 -ErrorAction Stop } }
      { param($name) Start-Job { Import-Module Cimulator; Get-CimInstance -ComputerName $using:name -ClassName Win32_OperatingSystem -OperationTimeoutSec 1 -ErrorAction Stop } | Receive-Job -Wait -AutoRemoveJob }
    )
    foreach ($call in $calls) { try { & $call $name; 'called' } catch { "$_" } }
  }
  "$($said.Count) said, $(@($said -like '*is refused*').Count) refused"`;

/** A test of a script must never reach a real server, nor ask anybody where it is. */
describe.skipIf(host === undefined || !hasTrace)('while an endpoint runs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** What the script says, and the places outside this machine that it and its children connect or send to. */
  async function trace(script: string) {
    const file = join(folder, 'trace');
    const strace = ['strace', '-f', '-qq', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-o', file];
    const { output, errors } = await runScript([...strace, host?.pwsh ?? ''], script);
    const places = (await readFile(file, 'utf8')).matchAll(/sin6?_port=htons\((\d+)\).*?"([^"]+)"/g);
    const outside = [...places].map(([, port, address]) => `${address} ${port}`).filter((place) => !isHere(place));
    expect(errors).toBe('');
    return { said: output.trim(), outside: [...new Set(outside)] };
  }

  it('sends no packet, and asks no name server, for a name that is none of its own', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { said, outside } = await trace(`$null = Start-Cimulator -ComputerName srv01\n${CALLS}`);
    expect(said).toBe('12 said, 12 refused');
    expect(outside).toEqual([]);
  });

  it('would be seen to, where others are allowed', { timeout: TIMEOUT_MS }, async () => {
    const { said, outside } = await trace(`$null = Start-Cimulator -AllowOtherComputers\n${CALLS}`);
    expect(said).toBe('12 said, 0 refused');
    expect(outside).toContain('192.0.2.1 5985');
  });
});

/** Loopback; asking a name server there is asking for a name all the same. */
function isHere(place: string): boolean {
  return /^(127\.|::1 |::ffff:127\.)/.test(place) && !place.endsWith(' 53');
}
