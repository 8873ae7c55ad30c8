import { Command } from 'commander';
import { afterEach, describe, expect, it } from 'vitest';
import { addInvokeCommand } from '../../src/cli/invoke-command.js';
import { type Script, type ScriptedServer, startScript } from '../client/scripted-server.js';
import { recordingTerminal } from './recording-terminal.js';

const GetClass =
  '<CLASS NAME="CIM_Fan"><METHOD NAME="Spin" TYPE="uint32"><PARAMETER NAME="Turns" TYPE="uint64"/><PARAMETER NAME="Fast" TYPE="boolean"/></METHOD></CLASS>';
const Spin =
  '<p:Spin_OUTPUT xmlns:p="urn:p"><p:Turns>5</p:Turns><p:Fast>true</p:Fast><p:ReturnValue>0</p:ReturnValue></p:Spin_OUTPUT>';

let server: ScriptedServer | undefined;
afterEach(() => server?.close());

async function run(script: Script, ...flags: readonly string[]) {
  server = await startScript(script);
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addInvokeCommand(program, terminal);
  await program.parseAsync(['invoke', 'Spin', '--on', 'CIM_Fan', '--url', server.server.url, ...flags], {
    from: 'user',
  });
  return { ...terminal.seen, requests: server.seen().length };
}

describe('cimulator invoke', () => {
  it('prints numbers and booleans as JSON has them', async () => {
    const { out } = await run({ GetClass, Spin }, '--json');
    expect(JSON.parse(out)).toEqual({ returnValue: 0, outputs: { Turns: 5, Fast: true } });
  });

  it.each(['--text', '--xml'])('does not ask for the class with %s', async (flag) => {
    expect((await run({ GetClass, Spin }, flag)).requests).toBe(1);
  });

  it('prints text as JSON with --text', async () => {
    const { out } = await run({ GetClass, Spin }, '--json', '--text');
    expect(JSON.parse(out)).toMatchObject({ outputs: { Turns: '5', Fast: 'true' } });
  });
});
