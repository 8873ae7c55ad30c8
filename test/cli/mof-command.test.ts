import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMofCommand } from '../../src/cli/mof-command.js';
import { recordingTerminal } from './recording-terminal.js';

const QUALIFIER = 'Qualifier Key : boolean = false, Scope(property, reference);\n';
const CLASS = 'class T_One { [Key] string Id; };\n';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-mof-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function compile(...line: readonly string[]) {
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addMofCommand(program, terminal);
  await program.parseAsync(['mof', 'compile', ...line], { from: 'user' });
  return terminal.seen;
}

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('cimulator mof compile', () => {
  it('counts what the files declare together', async () => {
    const schema = await write('a.mof', QUALIFIER + CLASS);
    const lab = await write('b.mof', 'instance of T_One { Id = "1"; };\ninstance of T_One { Id = "2"; };\n');
    expect(await compile(schema, lab)).toEqual({ out: '1 class, 2 instances, 1 qualifier\n', err: '', exitCode: 0 });
  });

  it('takes a folder', async () => {
    await write('a.mof', QUALIFIER);
    await write('b.mof', CLASS);
    expect((await compile(folder)).out).toBe('1 class, 0 instances, 1 qualifier\n');
  });

  it('says each error with its place, and ends with 1', async () => {
    const file = await write('a.mof', `${QUALIFIER}class T_A : T_None { };\nclass T_B : T_Nil { };\n`);
    const { out, err, exitCode } = await compile(file);
    expect([out, exitCode]).toEqual(['', 1]);
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/a\.mof:2:\d+: .*T_None/),
      expect.stringMatching(/a\.mof:3:\d+: .*T_Nil/),
    ]);
  });

  it('says that a file does not exist', async () => {
    const { err, exitCode } = await compile(join(folder, 'none.mof'));
    expect([err, exitCode]).toEqual([expect.stringMatching(/none\.mof:1:1: .*does not exist\n$/), 1]);
  });

  it('reads a file by the marks it shows, and says what is doubtful in it', async () => {
    const file = await write(
      'w.mof',
      '#pragma namespace("\\\\\\\\.\\\\root\\\\x")\n[dynamic, Own] class T { [key] string k; object o; };\n',
    );
    expect(await compile('--built-in', file)).toEqual({
      out: '1 class, 0 instances, 0 qualifiers\n',
      err: `${file}:2:11: warning: qualifier Own is not declared\n`,
      exitCode: 0,
    });
  });

  it('reads it as a flag says', async () => {
    const file = await write('w.mof', `${QUALIFIER}class T_Two { [Key] string Id; [Own] object o; };\n`);
    expect((await compile('--dialect', 'windows', file)).exitCode).toBe(0);
    const { err, exitCode } = await compile('--dialect', 'dmtf', file);
    expect([err, exitCode]).toEqual([expect.stringContaining(":2:38: 'object' is not a type"), 1]);
    expect(err).toMatch(/\nwith --dialect windows they are taken\n$/);
    const own = await write('own.mof', `${QUALIFIER}class T_Three { [Key, Own] string Id; };\n`);
    expect((await compile(own)).err).toContain(':2:23: qualifier Own is not declared');
    expect((await compile('--dialect', 'windows', own)).exitCode).toBe(0);
  });

  it('compiles on top of the built-in classes, and counts what is new', async () => {
    const text = 'instance of MSFTSM_ComputerSystem { CreationClassName = "MSFTSM_ComputerSystem"; Name = "a"; };\n';
    const file = await write('lab.mof', text);
    expect(await compile('--built-in', file)).toEqual({
      out: '0 classes, 1 instance, 0 qualifiers\n',
      err: '',
      exitCode: 0,
    });
  });
});
