import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BridgeLab, namespace, PASSWORD, startBridgeLab } from '../bridge/bridge-lab.js';
import { findPesterHost } from './find-pwsh.js';
import { runScript } from './run-script.js';

const host = findPesterHost();
const ITEMS = 100_000;
const TIMEOUT_MS = 120_000;

/** Long enumerations by the cmdlets, seen from the endpoint: what it is asked for, when, and what is released. */
describe.skipIf(host === undefined)('Get-CimInstance of 100,000 instances', () => {
  let lab: BridgeLab;
  let hold: (action: string) => Promise<void> = async () => {};
  beforeAll(async () => {
    lab = await startBridgeLab(ITEMS, (action) => hold(action));
  }, TIMEOUT_MS);
  afterEach(() => {
    hold = async () => {};
  });
  afterAll(() => lab?.close());

  /** Runs a script with the lab as its default endpoint. */
  async function run(script: string) {
    const before = lab.actions.length;
    const endpoint = { CIMULATOR_URL: lab.url, CIMULATOR_USER: 'writer', CIMULATOR_PASSWORD: PASSWORD };
    const prelude = `Import-Module Cimulator; $bridge = [Cimulator.PowerShell.Bridge.BridgeHost]; $many = @{ Namespace = '${namespace}'; ClassName = 'LAB_Item' }`;
    const { output, errors } = await runScript(host?.pwsh ?? '', `${prelude}\n${script}`, endpoint);
    expect(errors).toBe('');
    const actions = () => lab.actions.slice(before);
    return { lines: output.trim().split('\n'), actions };
  }
  const count = (actions: readonly string[], action: string) => actions.filter((one) => one === action).length;

  it('ends with Select-Object -First 1 after a Pull at most, and releases the rest', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { lines, actions } = await run('(Get-CimInstance @many | Select-Object -First 1).Id');
    expect(lines).toEqual(['i0']);
    await vi.waitFor(() => expect(count(actions(), 'Release')).toBe(1));
    expect([count(actions(), 'Enumerate'), count(actions(), 'Pull')]).toEqual([1, 0]);
  });

  it('gives the first object before the last answer is in', { timeout: TIMEOUT_MS }, async () => {
    let seen = () => {};
    const first = new Promise<void>((resolve) => {
      seen = resolve;
    });
    hold = async (action) => {
      if (action === 'Count') seen();
      if (action === 'Pull') await first;
    };
    const { lines, actions } = await run(`
      $count = 0
      Get-CimInstance @many | ForEach-Object { if ($count++ -eq 0) { $null = Invoke-CimMethod -Namespace '${namespace}' -ClassName LAB_Fan -MethodName Count } }
      $count`);
    expect(lines).toEqual([String(ITEMS)]);
    expect(count(actions(), 'Release')).toBe(0);
  });

  it('asks for no more than is used', { timeout: TIMEOUT_MS }, async () => {
    const { lines, actions } = await run(`
      $count = 0
      Get-CimInstance @many | ForEach-Object { if (++$count -eq 1) { Start-Sleep 1 }; $_ } | Select-Object -First 1500 | Out-Null
      $count`);
    expect(lines).toEqual(['1500']);
    await vi.waitFor(() => expect(count(actions(), 'Release')).toBe(1));
    // Of the hundred answers that there are, those of 1,500 instances and of the 4,096 that a window is at most ahead.
    expect(count(actions(), 'Pull')).toBeLessThanOrEqual(5);
  });

  it('is stopped at once while the endpoint makes it wait, and releases the enumeration', {
    timeout: TIMEOUT_MS,
  }, async () => {
    hold = async (action) => {
      if (action === 'Pull') await sleep(20_000);
    };
    const { lines, actions } = await run(`
      $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
      $null = $shell.AddScript('param($many) Import-Module Cimulator; Get-CimInstance @many').AddArgument($many)
      $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
      $run = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
      while ($output.Count -lt 400) { Start-Sleep -Milliseconds 20 }
      $clock = [System.Diagnostics.Stopwatch]::StartNew()
      $shell.Stop()
      $clock.ElapsedMilliseconds -lt 2000
      "$($shell.InvocationStateInfo.State)"
      Start-Sleep 2`);
    expect(lines).toEqual(['True', 'Stopped']);
    await vi.waitFor(() => expect(count(actions(), 'Release')).toBe(1));
  });

  it('fails clearly when the bridge is killed in the middle, and the next call works', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { lines } = await run(`
      $count = 0
      try { Get-CimInstance @many | ForEach-Object { if (++$count -eq 10) { Stop-Process -Id $bridge::ProcessId -Force } } }
      catch { "$($_.Exception.GetType().Name) $($_.Exception.NativeErrorCode) $($_.FullyQualifiedErrorId): $_" }
      $count -lt ${ITEMS}
      @(Get-CimInstance -Namespace '${namespace}' -ClassName LAB_Lamp).Count`);
    expect(lines).toEqual([
      expect.stringMatching(/^CimException Failed .*GetCimInstanceCommand: the bridge ended with status 137/),
      'True',
      '1',
    ]);
  });

  it('minds -OperationTimeoutSec where an answer in the middle does not come', { timeout: TIMEOUT_MS }, async () => {
    hold = async (action) => {
      if (action === 'Pull') await sleep(20_000);
    };
    const { lines, actions } = await run(`
      $clock = [System.Diagnostics.Stopwatch]::StartNew()
      $count = 0
      try { Get-CimInstance @many -OperationTimeoutSec 1 | ForEach-Object { $count++ } }
      catch { "$count $($_.Exception.MessageId) $($_.FullyQualifiedErrorId)" }
      $clock.ElapsedMilliseconds -lt 10000
      Start-Sleep 2`);
    expect(lines).toEqual([
      expect.stringMatching(
        /^[1-9]\d* HRESULT 0x80338029 HRESULT 0x80338029,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand$/,
      ),
      'True',
    ]);
    expect(count(actions(), 'Release')).toBe(1);
  });

  it('carries 64 calls at once from 8 runspaces', { timeout: TIMEOUT_MS }, async () => {
    let waiting = 0;
    let release = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    hold = async (action) => {
      if (action !== 'Count') return;
      waiting += 1;
      if (waiting === 64) release();
      await all;
    };
    const { lines } = await run(`
      $sessions = 1..8 | ForEach-Object { New-CimSession }
      $numbers = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
        Import-Module Cimulator
        (Invoke-CimMethod -CimSession $using:sessions -Namespace '${namespace}' -ClassName LAB_Fan -MethodName Count).Number
      }
      "$($numbers.Count) $(($numbers | Measure-Object -Sum).Sum)"`);
    expect(lines).toEqual(['64 192']);
  });

  it('takes neither PowerShell nor the bridge more memory as it goes', { timeout: TIMEOUT_MS }, async () => {
    const { lines } = await run(`
      function resident([int] $id) { [int]([long][regex]::Match([IO.File]::ReadAllText("/proc/$id/status"), 'VmRSS:\\s+(\\d+)').Groups[1].Value / 1024) }
      $count = 0
      Get-CimInstance @many | ForEach-Object { if (++$count -in 20000, ${ITEMS}) { "$count $(resident $PID) $(resident $bridge::ProcessId)" } }`);
    const [early = [], late = []] = lines.map((line) => line.split(' ').map(Number));
    expect(late[0]).toBe(ITEMS);
    const growth = late.map((megabytes, at) => megabytes - (early[at] ?? 0));
    expect(growth[1]).toBeLessThan(40);
    expect(growth[2]).toBeLessThan(25);
  });
});
