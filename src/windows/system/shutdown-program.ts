import type { WorkingContext } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { MachineHooks } from './restart-hook.js';
import { abortShutdown, shutdownLater } from './shutdown.js';

/** What `shutdown.exe` waits for when it is not told, in seconds, and the longest that it takes (its page among the commands of Windows Server). */
const USUAL_TIMEOUT = 30;
const LONGEST_TIMEOUT = 315_360_000;

/** Flags of Win32Shutdown, by the option that asks for the same. */
const FLAGS: Readonly<Record<string, number>> = { s: 1, r: 2, g: 2, p: 8, l: 0 };
/** Those that wait for nothing. */
const AT_ONCE = ['p', 'l'];

/** Names the computer that is meant. */
const ELSEWHERE = 'm';

const PROGRAM = /\\system32\\shutdown\.exe$/i;

/** Whether a file is the program that shuts the computer down. */
export function isShutdownProgram(path: string): boolean {
  return PROGRAM.test(path);
}

/**
 * What `shutdown.exe` asks for: the only program of a lab that does something, since a shutdown that waits is called off by it and by nothing
 * else. `/s`, `/r`, `/g`, `/p`, `/l`, `/a` and `/t`; of others nothing comes, nor of any for another computer (`/m`). What it ends with nobody
 * is told.
 */
export async function shutDownAsAsked(
  commandLine: string,
  context: WorkingContext,
  hooks: MachineHooks,
): Promise<void> {
  const options = new Map(
    Array.from(
      commandLine.replace(/"[^"]*"/g, '""').matchAll(/\s[/-](\w)(?::|\s+)?(\d+)?(?=\s|$)/g),
      ([, name = '', value]) => [name.toLowerCase(), value],
    ),
  );
  if (options.has(ELSEWHERE)) return;
  if (options.has('a')) return abortShutdown(context);
  const way = Object.keys(FLAGS).find((name) => options.has(name));
  if (way === undefined) return;
  const Timeout = AT_ONCE.includes(way) ? 0 : Number(options.get('t') ?? USUAL_TIMEOUT);
  if (Timeout > LONGEST_TIMEOUT) return;
  try {
    await shutdownLater({ Timeout, Flags: FLAGS[way] ?? 0 }, context, hooks);
  } catch (error) {
    if (!(error instanceof MethodRefusal)) throw error;
  }
}
