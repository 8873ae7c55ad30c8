import { spawnSync } from 'node:child_process';

/** A program that tests drive, and how to find out whether this machine has it. */
export interface LiveClient {
  readonly name: string;
  /** The Debian package that brings it. */
  readonly debianPackage: string;
  /** Commands to try in turn; the first that ends with status 0 is the one to use. */
  readonly probes: readonly (readonly [command: string, ...arguments_: string[]])[];
}

/**
 * The command of a live client; undefined when the machine has none, after saying so. CI sets
 * CIMULATOR_REQUIRE_LIVE_CLIENTS, and then a missing client is an error.
 */
export function findLiveClient(client: LiveClient): string | undefined {
  for (const [command, ...arguments_] of client.probes) {
    if (spawnSync(command, arguments_, { stdio: 'ignore' }).status === 0) return command;
  }
  const reason = `${client.name} is not installed (Debian package ${client.debianPackage})`;
  if (process.env.CIMULATOR_REQUIRE_LIVE_CLIENTS === '1') throw new Error(reason);
  console.log(`skipped: ${reason}`);
  return undefined;
}
