import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { addInvokeCommand, formatInvokeResult } from '../../src/cli/invoke-command.js';
import type { Script } from '../client/scripted-server.js';
import { useScript } from '../client/use-script.js';
import { recordingTerminal } from './recording-terminal.js';

const GetClass =
  '<CLASS NAME="CIM_Fan"><METHOD NAME="Spin" TYPE="uint32"><PARAMETER NAME="Turns" TYPE="uint64"/><PARAMETER NAME="Fast" TYPE="boolean"/></METHOD></CLASS>';
const Spin =
  '<p:Spin_OUTPUT xmlns:p="urn:p"><p:Turns>5</p:Turns><p:Fast>true</p:Fast><p:ReturnValue>0</p:ReturnValue></p:Spin_OUTPUT>';

const Described =
  '<CLASS NAME="CIM_Fan"><METHOD NAME="Spin" TYPE="uint32"><QUALIFIER NAME="ValueMap" TYPE="string"><VALUE.ARRAY><VALUE>0</VALUE><VALUE>4096</VALUE></VALUE.ARRAY></QUALIFIER><QUALIFIER NAME="Values" TYPE="string"><VALUE.ARRAY><VALUE>Done</VALUE><VALUE>Job Started</VALUE></VALUE.ARRAY></QUALIFIER></METHOD></CLASS>';
const Started = '<p:Spin_OUTPUT xmlns:p="urn:p"><p:ReturnValue>4096</p:ReturnValue></p:Spin_OUTPUT>';

const start = useScript();

async function run(script: Script, ...flags: readonly string[]) {
  const server = await start(script);
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addInvokeCommand(program, terminal);
  await program.parseAsync(['invoke', 'Spin', '--on', 'CIM_Fan', '--url', server.server.url, ...flags], {
    from: 'user',
  });
  return { ...terminal.seen, requests: server.seen().length };
}

describe('cimulator invoke', () => {
  it('prints the outputs as JSON, each in its type', async () => {
    const { out } = await run({ GetClass, Spin }, '--json');
    expect(JSON.parse(out)).toEqual({
      returnValue: { type: 'uint32', value: 0 },
      outputs: { Turns: { type: 'uint64', value: '5' }, Fast: { type: 'boolean', value: true } },
    });
  });

  it('has what the ReturnValue means with --text, too', async () => {
    expect((await run({ GetClass: Described, Spin: Started }, '--text')).out).toBe('ReturnValue  4096 (Job Started)\n');
  });

  it('has it on stderr with --xml, whose output stays XML', async () => {
    const { out, err } = await run({ GetClass: Described, Spin: Started }, '--xml');
    expect(out).toMatch(/^<.*<p:ReturnValue>4096<\/p:ReturnValue>.*>\n$/s);
    expect(err).toBe('ReturnValue  4096 (Job Started)\n');
  });

  it('prints text as JSON with --text', async () => {
    const { out } = await run({ GetClass, Spin }, '--json', '--text');
    expect(JSON.parse(out)).toMatchObject({
      outputs: { Turns: { type: 'string', value: '5' }, Fast: { type: 'string', value: 'true' } },
    });
  });

  it.each([
    ['prints what the value map says of the ReturnValue', [], '4096 (Job Started)'],
    ['has it in JSON', ['--json'], '"label": "Job Started"'],
  ])('%s', async (_what, flags, expected) => {
    expect((await run({ GetClass: Described, Spin: Started }, ...flags)).out).toContain(expected);
  });

  it('prints the value alone where the server has no declaration', async () => {
    const { out } = await run({ GetClass: '<s:Fault/>', Spin: Started });
    expect(out).toBe('ReturnValue  4096\n');
  });
});

describe('the result of a method', () => {
  const result = { returnValue: 5, reason: 'why\u001B[2J', outputs: new NameMap<CimValue>(), xml: '' };

  it('has the reason, as far as the server told it, and nothing that moves the cursor', () => {
    expect(formatInvokeResult(result, {})).toBe('ReturnValue  5\nReason       why\\x1b[2J\n');
  });

  it('has the reason in JSON', () => {
    expect(JSON.parse(formatInvokeResult(result, { json: true }))).toMatchObject({ reason: 'why\u001B[2J' });
  });
});
