import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { foldName } from '../../cim/model/name-map.js';
import { instancesIn } from '../derived-rows.js';
import { TASK_SCHEDULER } from '../namespaces.js';
import type { StoredInstance } from '../on-instance.js';
import { taskError } from './task-error.js';

export const TASK_CLASS = 'MSFT_ScheduledTask';
export const INFO_CLASS = 'MSFT_TaskDynamicInfo';

/** Where a task is: the folder, with a backslash at each end, and its name. */
export interface TaskPlace {
  readonly TaskPath: string;
  readonly TaskName: string;
}

const FORBIDDEN = /[/:*?"<>|\p{Cc}]/u;
const ROOT = '\\';

/**
 * The place that a caller means. A name may have folders of its own, and a folder the backslashes that it needs not have.
 *
 * @throws HresultError for what is no name
 */
export function placeOf(name: CimValue | undefined, path: CimValue | undefined): TaskPlace {
  const parts = [path, name].map((one) => (typeof one === 'string' ? one : '')).join(ROOT);
  const [TaskName, ...folders] = parts
    .split(ROOT)
    .filter((part) => part !== '')
    .reverse();
  if (TaskName === undefined || typeof name !== 'string' || name === '' || name.endsWith(ROOT))
    throw taskError('invalidParameter');
  if (FORBIDDEN.test(parts) || [TaskName, ...folders].some((part) => part === '.' || part === '..'))
    throw taskError('invalidName');
  return { TaskName, TaskPath: [ROOT, ...folders.reverse().map((folder) => `${folder}${ROOT}`)].join('') };
}

/** The place of a task as it is given to methods. @throws HresultError for one without a name */
export function placeOfInstance(task: CimValue | undefined): TaskPlace {
  if (!(task instanceof CimInstance)) throw taskError('invalidParameter');
  return placeOf(task.get('TaskName'), task.get('TaskPath'));
}

export function taskPath(place: TaskPlace, className = TASK_CLASS): InstancePath {
  return new InstancePath({ namespace: TASK_SCHEDULER, className, keys: { ...place } });
}

/** How notes, and definitions, name a task: folder and name in one. */
export function uriOf(task: CimInstance | TaskPlace): string {
  const { TaskPath, TaskName } = task instanceof CimInstance ? placeIn(task) : task;
  return `${TaskPath}${TaskName}`;
}

export function placeIn(task: CimInstance): TaskPlace {
  return { TaskPath: task.getString('TaskPath') ?? ROOT, TaskName: task.getString('TaskName') ?? '' };
}

/** @throws HresultError when there is no such task, or no such folder */
export async function findTask(store: InstanceReader, place: TaskPlace): Promise<StoredInstance> {
  const found = await store.get(taskPath(place));
  if (found?.path) return found as StoredInstance;
  throw taskError((await isFolder(store, place.TaskPath)) ? 'fileNotFound' : 'pathNotFound');
}

/** All tasks there are. */
export function findTasks(store: Pick<InstanceReader, 'scan'>): Promise<readonly CimInstance[]> {
  return instancesIn(store, { namespace: TASK_SCHEDULER, className: TASK_CLASS });
}

/** A folder is there as long as a task is in it, or below it. */
async function isFolder(store: InstanceReader, path: string): Promise<boolean> {
  if (path === ROOT) return true;
  const tasks = await findTasks(store);
  return tasks.some((task) => foldName(placeIn(task).TaskPath).startsWith(foldName(path)));
}

/** What is embedded in an instance under a name; undefined when nothing is. */
export function embedded(instance: CimInstance, name: string): CimInstance | undefined {
  const value = instance.get(name);
  return value instanceof CimInstance ? value : undefined;
}

/** All that is embedded in an array. */
export function embeddedAll(instance: CimInstance, name: string): readonly CimInstance[] {
  const value = instance.get(name);
  return Array.isArray(value) ? value.filter((one) => one instanceof CimInstance) : [];
}
