import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useControlLab } from '../control/use-control-lab.js';
import { runCommandLine } from './control/run-command.js';

const open = useControlLab();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-command-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function started() {
  const lab = await open();
  return { lab, at: ['--control-url', lab.url, '--control-token', lab.token] };
}

const rule = (method: string) => JSON.stringify({ when: { method }, then: { returnValue: 5 } });

describe('cimulator rules', () => {
  it('adds a rule as it stands on the line, lists and removes it', async () => {
    const { at } = await started();
    expect(await runCommandLine('rules', 'add', rule('Turn'), ...at)).toEqual({
      out: 'rule-1\n',
      err: '',
      exitCode: 0,
    });
    const { out } = await runCommandLine('rules', 'list', ...at);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'ID      MATCHED  FIRED  WHEN               THEN',
      '------  -------  -----  -----------------  -----------------',
      'rule-1  0        0      {"method":"Turn"}  {"returnValue":5}',
    ]);
    expect(await runCommandLine('rules', 'remove', 'rule-1', ...at)).toEqual({ out: '', err: '', exitCode: 0 });
    expect((await runCommandLine('rules', 'list', '--json', ...at)).out).toBe('[]\n');
    expect((await runCommandLine('rules', 'remove', 'rule-1', ...at)).err).toBe(
      "cimulator: there is no rule 'rule-1'\n",
    );
  });

  it('adds those of files, YAML or JSON', async () => {
    const { lab, at } = await started();
    const file = join(folder, 'break.yaml');
    await writeFile(
      file,
      'rules:\n  - when: { method: Turn }\n    then: { returnValue: 5 }\n  - when: { method: Stop }\n    then: { delay: 5 }\n',
    );
    expect((await runCommandLine('rules', 'add', file, ...at)).out).toBe('rule-1\nrule-2\n');
    expect(
      (await runCommandLine('rules', 'add', `{"rules":[${rule('Turn')}]}`, `[${rule('Stop')}]`, ...at)).exitCode,
    ).toBe(0);
    expect(lab.kit.rules()).toHaveLength(4);
  });

  it('adds none when one is wrong, and says where it stands', async () => {
    const { lab, at } = await started();
    const file = join(folder, 'break.yaml');
    await writeFile(file, `- ${rule('Turn')}\n- when:\n    method: Trun\n  then: { delay: 5 }\n`);
    const { err, exitCode } = await runCommandLine('rules', 'add', file, ...at);
    expect([exitCode, err]).toEqual([1, "cimulator: break.yaml:3: rules[1].when.method: there is no method 'Trun'\n"]);
    expect(lab.kit.rules()).toEqual([]);
  });
});
