import type { Command } from 'commander';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

const NOTES = `
For programs, not for people: the client of this package as a child process, which a program in any
language talks to in lines of JSON on stdin and stdout (docs/bridge.md). It ends with its parent.`;

/** Adds `cimulator bridge` to the program. */
export function addBridgeCommand(program: Command, terminal: Terminal = processTerminal): void {
  program
    .command('bridge')
    .description('serve the WS-Man client to another program over stdin and stdout')
    .addHelpText('after', NOTES)
    .action(() =>
      runCommand(terminal, async () => {
        await import('../bridge/main.js');
      }),
    );
}
