import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { findProgram, programOf } from '../executables.js';
import { CIMV2 } from '../namespaces.js';
import { embedded, embeddedAll } from './task-rows.js';
import { durationOf } from './task-time.js';

/** What LastTaskResult says besides the exit code of what ran (the Task Scheduler's page of constants). */
export const RunResult = {
  success: 0,
  running: 0x41301,
  hasNotRun: 0x41303,
  terminated: 0x41306,
  /** DBG_TERMINATE_PROCESS: the computer went down. */
  shutDown: 0x40010004,
  fileNotFound: 0x80070002,
} as const;

/** How long a task runs of which nobody says it, in seconds. */
const USUAL_SECONDS = 5;

/** What becomes of a task that runs. */
export interface Outcome {
  /** How long it takes, in milliseconds. */
  readonly time: number;
  readonly result: number;
  /** The program of its first action, when the computer has it. */
  readonly program: { readonly path: string; readonly commandLine: string } | undefined;
}

/**
 * A task takes as long as its note says, no longer than its limit, and ends as that says; one whose program the computer does not have ends
 * at once.
 */
export async function outcomeOf(
  task: CimInstance,
  note: CimInstance | undefined,
  store: InstanceReader,
): Promise<Outcome> {
  const programs = await Promise.all(embeddedAll(task, 'Actions').flatMap((action) => programIn(action, store) ?? []));
  if (programs.includes('missing')) return { time: 0, result: RunResult.fileNotFound, program: undefined };
  const [first] = programs;
  const program = typeof first === 'object' ? first : undefined;
  const time = Number(note?.get('RunSeconds') ?? USUAL_SECONDS) * 1000;
  const limit =
    durationOf(embedded(task, 'Settings')?.getString('ExecutionTimeLimit') ?? '') || Number.POSITIVE_INFINITY;
  if (time > limit) return { time: limit, result: RunResult.terminated, program };
  return { time, result: Number(note?.get('ExitCode') ?? RunResult.success), program };
}

type Program = NonNullable<Outcome['program']> | 'missing';

/** What an action runs; undefined for one that runs no program. */
function programIn(action: CimInstance, store: InstanceReader): Promise<Program> | undefined {
  const execute = action.getString('Execute');
  if (execute === undefined) return undefined;
  return find(execute, action.getString('Arguments') ?? '', store);
}

async function find(execute: string, given: string, store: InstanceReader): Promise<Program> {
  const quoted = execute.startsWith('"') || !execute.includes(' ') ? execute : `"${execute}"`;
  const program = programOf(quoted);
  const found = program === undefined ? undefined : await findProgram({ namespace: CIMV2, store }, program);
  return found ? { path: found.path, commandLine: `${quoted} ${given}`.trim() } : 'missing';
}
