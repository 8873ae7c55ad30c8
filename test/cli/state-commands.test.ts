import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useControlLab } from '../control/use-control-lab.js';
import { runCommandLine } from './control/run-command.js';

const open = useControlLab();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-commands-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function started() {
  const lab = await open();
  return { lab, at: ['--control-url', lab.url, '--control-token', lab.token] };
}

describe('cimulator reset, snapshot, restore', () => {
  it('take the endpoint back', async () => {
    const { lab, at } = await started();
    lab.record();
    expect((await runCommandLine('reset', ...at)).exitCode).toBe(0);
    expect(lab.kit.requests()).toEqual([]);
    const file = join(folder, 'snapshot.json');
    expect(await runCommandLine('snapshot', '-o', file, ...at)).toEqual({ out: '', err: '', exitCode: 0 });
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await runCommandLine('restore', file, ...at)).exitCode).toBe(0);
    expect(lab.restored).toEqual([JSON.parse(await readFile(file, 'utf8'))]);
    expect(JSON.parse((await runCommandLine('snapshot', ...at)).out)).toEqual(lab.restored[0]);
  });

  it('say in one line what cannot be restored', async () => {
    const { at } = await started();
    const file = join(folder, 'a.json');
    const none = await runCommandLine('restore', file, ...at);
    expect([none.exitCode, none.err]).toEqual([1, `cimulator: cannot read ${file} (ENOENT)\n`]);
    await writeFile(file, '{');
    expect((await runCommandLine('restore', file, ...at)).err).toMatch(/^cimulator: .*a\.json: [^\n]+\n$/);
    await writeFile(file, '{"format":"cimulator-snapshot-1","schema":"other"}');
    expect((await runCommandLine('restore', file, ...at)).err).toBe('cimulator: the snapshot is of another schema\n');
  });
});

describe('cimulator seed', () => {
  it('sends MOF as it is, and instances', async () => {
    const { lab, at } = await started();
    const [mof, json] = [join(folder, 'lab.mof'), join(folder, 'fans.json')];
    await writeFile(mof, 'instance of X {};');
    await writeFile(json, JSON.stringify([{ class: 'LAB_Fan', properties: { Id: 7 } }]));
    expect(await runCommandLine('seed', mof, json, ...at)).toEqual({ out: '', err: '', exitCode: 0 });
    expect(lab.seeded[0]).toEqual({ mof: 'instance of X {};', name: 'lab.mof' });
    expect(lab.seeded).toHaveLength(2);
  });

  it('names the file of an instance that is wrong', async () => {
    const { at } = await started();
    const [one, many] = [join(folder, 'one.json'), join(folder, 'many.json')];
    await writeFile(one, '{}');
    await writeFile(many, JSON.stringify([{ class: 'LAB_Fan', properties: { Id: 7 } }, { class: 'LAB_Fna' }]));
    expect((await runCommandLine('seed', one, ...at)).err).toBe(
      'cimulator: one.json: class: nothing where a text is wanted\n',
    );
    expect((await runCommandLine('seed', many, ...at)).err).toMatch(/^cimulator: many\.json\[1\]: class: .*LAB_Fan/);
  });
});
