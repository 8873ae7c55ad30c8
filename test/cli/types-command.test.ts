import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addTypesCommand } from '../../src/cli/types-command.js';
import { recordingTerminal } from './recording-terminal.js';

const PRINTER = 'fixtures/examples/printer.mof';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-types-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function types(...line: readonly string[]) {
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addTypesCommand(program, terminal);
  await program.parseAsync(['types', ...line], { from: 'user' });
  return terminal.seen;
}

const interfaces = (text: string) => [...text.matchAll(/^export interface (\w+)/gm)].map(([, name]) => name);

describe('cimulator types', () => {
  it('prints the classes of the files, and none of those they build on', async () => {
    const { out, err, exitCode } = await types('--built-in', PRINTER);
    expect([interfaces(out), err, exitCode]).toEqual([['ACME_Printer'], '', 0]);
  });

  it('prints the classes that are named, built-in ones as well', async () => {
    const { out } = await types('--built-in', PRINTER, '--class', 'cim_service', '--class', 'ACME_Printer');
    expect(interfaces(out)).toEqual(['CIM_Service', 'ACME_Printer']);
  });

  it('prints a class that is named twice once', async () => {
    const { out } = await types('--built-in', '--class', 'CIM_Service', '--class', 'cim_service');
    expect(interfaces(out)).toEqual(['CIM_Service']);
  });

  it('needs no file for a built-in class', async () => {
    expect(interfaces((await types('--built-in', '--class', 'CIM_Service')).out)).toEqual(['CIM_Service']);
  });

  it('needs no built-in classes for a file that stands alone', async () => {
    const file = join(folder, 'a.mof');
    await writeFile(
      file,
      'Qualifier Key : boolean = false, Scope(property, reference);\nclass T_One { [Key] string Id; };\n',
    );
    expect(interfaces((await types(file)).out)).toEqual(['T_One']);
  });

  it('writes a file, with constants', async () => {
    const file = join(folder, 'types.ts');
    const { out, exitCode } = await types('--built-in', PRINTER, '--out', file);
    expect([out, exitCode]).toEqual(['', 0]);
    expect(await readFile(file, 'utf8')).toContain('export const ACME_Printer');
  });

  it('writes no constants into a file of declarations', async () => {
    const file = join(folder, 'types.d.ts');
    await types('--built-in', PRINTER, '--out', file);
    expect(await readFile(file, 'utf8')).not.toContain('export const');
  });

  it.each([
    ['neither file nor class is named', ['--built-in'], /^cimulator: name MOF files, or classes/],
    ['a class is not there', ['--built-in', '--class', 'CIM_Nothing'], /--class CIM_Nothing: there is no such class/],
    ['the file cannot be written', ['--built-in', PRINTER, '--out', '/nowhere/x.ts'], /--out \/nowhere\/x\.ts: /],
    ['the MOF does not compile', [PRINTER], /printer\.mof:\d+:\d+: /],
  ])('ends with 1 and says so when %s', async (_what, line, message) => {
    const { out, err, exitCode } = await types(...line);
    expect([out, err, exitCode]).toEqual(['', expect.stringMatching(message), 1]);
  });
});
