import type { Cancellation } from '../cim/contracts/cancellation.js';
import type { CimInterceptor } from '../cim/contracts/cim-handler.js';
import type { CimOperation } from '../cim/contracts/cim-operation.js';
import type { InstanceStore } from '../cim/contracts/instance-store.js';
import { namespaceOf } from '../cim/contracts/namespace-of.js';
import type { Namespace, Namespaces } from '../cim/contracts/namespaces.js';
import { DECLARATIONS } from '../cim/create-handler.js';
import { type InstancePath, sameNamespace } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import type { Logger } from '../http/logger.js';
import { CIMULATOR, CIMV2, TASK_SCHEDULER } from '../windows/namespaces.js';
import { isOfWindows } from './windows-schema/of-windows.js';

/** Of one computer. */
export interface DueTasksParts {
  readonly store: InstanceStore;
  readonly namespaces: Namespaces;
  readonly now: () => number;
  readonly logger: Logger;
  /** Methods under way beside which nobody commits. */
  readonly exclusive: ReadonlySet<Cancellation>;
}

/** When what could not be written is tried again, in milliseconds: each request about processes would try it otherwise. */
const RETRY_MS = 1000;
/** As many commits are looked through for what is about tasks, and no more. */
const MOST_COMMITS = 16;

/** Whether what is due depends on an instance: on tasks, on notes of them, of processes and of the clock, and on the start of the machine. */
function isAbout({ namespace, className }: InstancePath): boolean {
  if (namespace === undefined) return false;
  if (sameNamespace(namespace, CIMV2)) return sameName(className, 'Win32_OperatingSystem');
  if (sameNamespace(namespace, CIMULATOR)) return NOTES.some((name) => sameName(name, className));
  return sameNamespace(namespace, TASK_SCHEDULER);
}

const NOTES = ['CIMULATOR_TaskNote', 'CIMULATOR_ProcessNote', 'CIMULATOR_MachineNote'];

/** What has something to do with processes: what they are, what they are ends of, and the system, which counts them. */
function isOfProcesses({ schema }: Namespace, className: string): boolean {
  if (sameName(className, 'Win32_OperatingSystem')) return true;
  return (
    schema.isA(className, PROCESS) ||
    schema.isA(PROCESS, className) ||
    schema.findClass(className)?.isAssociation === true
  );
}

const PROCESS = 'Win32_Process';

/** The classes that an operation is about; undefined where it may lead to any other. */
function classNamesOf(operation: CimOperation): readonly string[] | undefined {
  if ('cursor' in operation) return operation.cursor.classNames;
  if ('filter' in operation) return undefined;
  if ('path' in operation) return [operation.path.className];
  if ('target' in operation) return [operation.target.className];
  return 'className' in operation && operation.className !== undefined ? [operation.className] : undefined;
}

/** On whose behalf it is written. */
const ORIGIN = { id: 'tasks', user: undefined };

/**
 * Has processes be as the clock has it before anybody asks for them: those of scheduled tasks that a trigger has begun are there, and those
 * whose time is over are gone. As long as nothing has been written and nothing is due, it costs no more than to ask for that.
 */
export function dueTasks({ store, namespaces, now, logger, exclusive }: DueTasksParts): CimInterceptor {
  /** As of a commit nothing is due before a time. */
  let known = { version: '', next: Number.NEGATIVE_INFINITY };
  let working: Promise<void> | undefined;
  let isOurs: boolean | undefined;

  /** A schema of somebody's own has processes and tasks of his own. */
  function hasBoth(): boolean {
    const [machine, tasks] = [namespaces.findNamespace(CIMV2), namespaces.findNamespace(TASK_SCHEDULER)];
    if (!(machine && tasks)) return false;
    return isOfWindows(machine.schema, PROCESS) && isOfWindows(tasks.schema, 'MSFT_ScheduledTask');
  }

  /** Whether what has been written since leaves everything due when it was. */
  async function isAsKnown(version: string): Promise<boolean> {
    if (now() >= known.next) return false;
    if (version === known.version) return true;
    const changes = await store.changes(known.version, MOST_COMMITS);
    if (changes.kind === 'forgotten' || changes.commits.length === MOST_COMMITS) return false;
    return !changes.commits.some((commit) => commit.changes.some(({ path }) => isAbout(path)));
  }

  async function carryOut(): Promise<void> {
    const version = await store.version();
    if (await isAsKnown(version)) {
      known = { ...known, version };
      return;
    }
    const { findDueTasks, carryOutDueTasks } = await import('../windows/tasks/due-tasks.js');
    const { ended, begun, next } = await findDueTasks({ store, now });
    // A namespace may have filled by now, which is a commit like others: what comes after it is looked at again.
    known = { version, next };
    if (ended.length === 0 && begun.length === 0) return;
    known = { version, next: Math.min(next, now() + RETRY_MS) };
    const { schema } = namespaces.getNamespace(CIMV2);
    await store.transaction(
      (transaction) => carryOutDueTasks({ namespace: CIMV2, schema, store: transaction, now }),
      ORIGIN,
    );
    known = { version, next };
  }

  const upToDate = () => {
    working ??= carryOut()
      .catch((err: unknown) => logger.error({ err }, 'what scheduled tasks have begun is not to be seen'))
      .finally(() => {
        working = undefined;
      });
    return working;
  };

  const touching = new NameMap<boolean>();
  const touches = (className: string) => {
    const known = touching.get(className);
    if (known !== undefined) return known;
    const space = namespaces.getNamespace(CIMV2);
    const found = isOfProcesses(space, className);
    // Names that there are not are as many as clients think of.
    if (space.schema.findClass(className)) touching.set(className, found);
    return found;
  };

  return (next) => (operation, call) => {
    const namespace = DECLARATIONS.has(operation.kind) ? undefined : namespaceOf(operation);
    if (namespace === undefined || !sameNamespace(namespace, CIMV2)) return next(operation, call);
    isOurs ??= hasBoth();
    // A method beside which nobody commits may be the one that asks: it would wait for itself.
    if (!isOurs || exclusive.size > 0) return next(operation, call);
    if (classNamesOf(operation)?.some(touches) === false) return next(operation, call);
    return upToDate().then(() => next(operation, call));
  };
}
