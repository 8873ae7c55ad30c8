import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../../../', import.meta.url));

describe('the schema generator', () => {
  test('would write exactly the MOF that is committed', () => {
    expect(generate(project, '--check')).toMatchObject({ status: 0, stderr: '' });
  });

  test('finds the facts of all classes again in the committed MOF', () => {
    expect(generate(project, '--verify')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('210 classes give back their facts'),
    });
  });

  describe('on a copy of the project', () => {
    let copy: string;

    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'cimulator-schemas-'));
      for (const folder of ['schemas', 'scripts'])
        cpSync(join(project, folder), join(copy, folder), { recursive: true });
    });

    afterEach(() => rmSync(copy, { recursive: true, force: true }));

    test('reports a file that was edited by hand', () => {
      edit('schemas/cim/CIM_NetworkPipe.mof', 'RequestedState = 512', 'RequestedState = 5');
      expect(generate(copy, '--check')).toMatchObject({ status: 1, stderr: 'differs: cim/CIM_NetworkPipe.mof\n' });
    });

    test('reports a file that it would not write', () => {
      writeFileSync(join(copy, 'schemas/cim/CIM_Stray.mof'), '');
      expect(generate(copy, '--check')).toMatchObject({ status: 1, stderr: 'not generated: cim/CIM_Stray.mof\n' });
    });

    test('names the property whose default is not that of the facts, in every class that inherits it', () => {
      edit('schemas/cim/CIM_NetworkPipe.mof', 'RequestedState = 512', 'RequestedState = 5');
      const { status, stderr } = generate(copy, '--verify');
      expect(status).toBe(1);
      expect(stderr).toContain('CIM_NetworkPipe.RequestedState: default is 5, the facts say 512');
      expect(stderr).toContain('MSISCSITARGET_iSCSISession.RequestedState: default is 5, the facts say 512');
    });

    test('names the parameter whose direction is not that of the facts', () => {
      const file = 'schemas/cim/CIM_StorageConfigurationService.mof';
      edit(file, '[In]\n    string PipeElementName', '[In(false), Out]\n    string PipeElementName');
      const { status, stderr } = generate(copy, '--verify');
      expect(status).toBe(1);
      expect(stderr).toContain('CreateOrModifyReplicationPipe(PipeElementName): in is false, the facts say true');
    });

    test('refuses an override that is not marked as one', () => {
      edit('schemas/cim/CIM_NetworkPipe.mof', '[Override("EnabledState")]', '');
      expect(generate(copy, '--verify').stderr).toContain('CIM_NetworkPipe.EnabledState: Override is missing');
    });

    /** Replaces text that must be there, so that a test cannot pass because its edit did nothing. */
    function edit(path: string, from: string, to: string): void {
      const file = join(copy, path);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(from);
      writeFileSync(file, text.replace(from, to));
    }
  });
});

function generate(root: string, mode: string): { status: number | null; stdout: string; stderr: string } {
  const script = join(root, 'scripts/generate-schemas/main.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, mode], { encoding: 'utf8' });
  return { status, stdout, stderr };
}
