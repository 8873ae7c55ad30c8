import { HresultError } from '../../cim/model/hresult-error.js';

/** What can go wrong with tasks: HRESULTs of WinError.h and of the Task Scheduler (its page of error constants; MS-TSCH 2.3.14). */
export const TaskError = {
  fileNotFound: 0x80070002,
  pathNotFound: 0x80070003,
  accessDenied: 0x80070005,
  invalidParameter: 0x80070057,
  invalidName: 0x8007007b,
  exists: 0x800700b7,
  noSuchAccount: 0x80070534,
  serviceNotRunning: 0x80041315,
  unexpectedNode: 0x80041316,
  wrongNamespace: 0x80041317,
  invalidValue: 0x80041318,
  missingNode: 0x80041319,
  malformedXml: 0x8004131a,
  tooManyNodes: 0x8004131d,
  disabled: 0x80041326,
  noDemandStart: 0x80041328,
} as const;

export type TaskErrorName = keyof typeof TaskError;

/** As Windows words them. */
const TEXTS: Readonly<Record<TaskErrorName, string>> = {
  fileNotFound: 'The system cannot find the file specified.',
  pathNotFound: 'The system cannot find the path specified.',
  accessDenied: 'Access is denied.',
  invalidParameter: 'The parameter is incorrect.',
  invalidName: 'The filename, directory name, or volume label syntax is incorrect.',
  exists: 'Cannot create a file when that file already exists.',
  noSuchAccount: 'No mapping between account names and security IDs was done.',
  serviceNotRunning: 'The Task Scheduler Service is not running.',
  unexpectedNode: 'The task XML contains an unexpected node.',
  wrongNamespace: 'The task XML contains an element or attribute from an unexpected namespace.',
  invalidValue: 'The task XML contains a value which is incorrectly formatted or out of range.',
  missingNode: 'The task XML is missing a required element or attribute.',
  malformedXml: 'The task XML is malformed.',
  tooManyNodes: 'The task XML contains too many nodes of the same type.',
  disabled: 'The task is disabled.',
  noDemandStart: 'The task settings do not allow the task to start on demand.',
};

const STATUS: Partial<Record<TaskErrorName, ConstructorParameters<typeof HresultError>[0]>> = {
  fileNotFound: 'NotFound',
  pathNotFound: 'NotFound',
  accessDenied: 'AccessDenied',
  invalidParameter: 'InvalidParameter',
  exists: 'AlreadyExists',
};

/** @param at what in the task's definition it is about, as `StartBoundary:tomorrow` */
export function taskError(name: TaskErrorName, at?: string): HresultError {
  const text = at === undefined ? TEXTS[name] : `${TEXTS[name]} ${at}`;
  return new HresultError(STATUS[name] ?? 'Failed', TaskError[name], text);
}
