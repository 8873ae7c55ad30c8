import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { addRequestsCommand } from '../../src/cli/requests-command.js';
import type { ControlLab } from '../control/control-lab.js';
import { useControlLab } from '../control/use-control-lab.js';
import { runCommandLine } from './control/run-command.js';
import { recordingTerminal } from './recording-terminal.js';

const open = useControlLab();
const at = ({ url, token }: ControlLab) => ['--control-url', url, '--control-token', token];

function fill(lab: ControlLab) {
  const call = { operation: 'Invoke', class: 'LAB_Fan', method: 'Turn', user: 'alice', selectors: { Id: 7 } };
  lab.record({ ...call, input: { By: '5' }, returnValue: 0, returnLabel: 'OK', durationMs: 3.1 });
  lab.record({ ...call, input: { By: '6' }, outcome: 'fault', fault: 'QuotaLimit', reason: 'a\nb', rule: 'rule-1' });
  lab.record({ operation: 'Pull', class: 'LAB_Fan', instances: 2 });
}

describe('cimulator requests', () => {
  it('prints a line for each', async () => {
    const lab = await open();
    fill(lab);
    expect((await runCommandLine('requests', ...at(lab))).out).toBe(
      [
        '#1 20:00:00.000 alice Invoke LAB_Fan.Turn(By="5") Id=7 → 0 (OK); 3.1 ms',
        '#2 20:00:00.000 alice Invoke LAB_Fan.Turn(By="6") Id=7 → QuotaLimit: a b [rule rule-1]; 1 ms',
        '#3 20:00:00.000 nobody Pull LAB_Fan → 2 instances; 1 ms',
        '',
      ].join('\n'),
    );
  });

  it('prints those that are meant, also as JSON', async () => {
    const lab = await open();
    fill(lab);
    const numbers = async (...flags: string[]) =>
      JSON.parse((await runCommandLine('requests', '--json', ...flags, ...at(lab))).out).map(
        ({ number }: { number: number }) => number,
      );
    expect(await numbers('--method', 'turn', '--input', 'By=6')).toEqual([2]);
    expect(await numbers('--operation', 'Pull', '--operation', 'Get')).toEqual([3]);
    expect(await numbers('--outcome', 'answered', '--key', 'Id=7')).toEqual([1]);
    expect(await numbers('--limit', '1')).toEqual([3]);
  });

  it('prints the envelopes of one, and forgets all', async () => {
    const lab = await open();
    fill(lab);
    expect((await runCommandLine('requests', '--soap', '1', ...at(lab))).out).toBe('<in/>\n(no longer kept)\n');
    expect((await runCommandLine('requests', '--clear', ...at(lab))).exitCode).toBe(0);
    expect((await runCommandLine('requests', ...at(lab))).out).toBe('');
  });

  it('follows them, until the endpoint closes', async () => {
    const lab = await open();
    const terminal = recordingTerminal();
    const program = new Command('cimulator');
    addRequestsCommand(program, terminal);
    const line = ['requests', '--follow', '--json', '--method', 'Turn', ...at(lab)];
    const ended = program.parseAsync(line, { from: 'user' });
    await sleep(200);
    fill(lab);
    await vi.waitFor(() => expect(terminal.seen.out.split('\n')).toHaveLength(3));
    expect(
      terminal.seen.out
        .split('\n')
        .slice(0, 2)
        .map((each) => JSON.parse(each).number),
    ).toEqual([1, 2]);
    await lab.close();
    await ended;
    expect(terminal.seen).toMatchObject({ err: '', exitCode: 0 });
  });

  it('says what cannot be followed', async () => {
    const lab = await open();
    const { err, exitCode } = await runCommandLine('requests', '--follow', '--input', 'By=5', ...at(lab));
    expect([exitCode, err]).toEqual([1, 'cimulator: --follow goes with names alone, not with --key and --input\n']);
  });
});
