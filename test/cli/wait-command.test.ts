import { describe, expect, it } from 'vitest';
import { useControlLab } from '../control/use-control-lab.js';
import { runCommandLine } from './control/run-command.js';

const open = useControlLab();

describe('cimulator wait', () => {
  it('prints what it waited for', async () => {
    const lab = await open();
    const at = ['--control-url', lab.url, '--control-token', lab.token];
    const wait = runCommandLine('wait', '--method', 'Turn', '--json', ...at);
    lab.record({ method: 'Stop' });
    lab.record({ method: 'Turn' });
    const { out, exitCode } = await wait;
    expect([exitCode, JSON.parse(out).number]).toEqual([0, 2]);
  });

  it('says at once that there is no such class, unless any is meant', async () => {
    const lab = await open();
    const at = ['--control-url', lab.url, '--control-token', lab.token];
    const wait = ['wait', '--class', 'LAB_Fann', '--timeout', '0.05', ...at];
    expect(await runCommandLine(...wait)).toEqual({
      ...{ out: '', err: "cimulator: class: there is no class 'LAB_Fann': did you mean 'LAB_Fan'?\n", exitCode: 1 },
    });
    const { err } = await runCommandLine(...wait, '--any-name');
    expect(err).toMatch(/came/);
  });

  it('tells what did come when the time is over', async () => {
    const lab = await open();
    const at = ['--control-url', lab.url, '--control-token', lab.token];
    expect(await runCommandLine('wait', '--timeout', '0.05', ...at)).toEqual({
      ...{ out: '', err: 'cimulator: 1 request came: Get\n', exitCode: 1 },
    });
  });
});
