import type { Operation } from './operation.js';
import { associatorInstances } from './operations/associator-instances.js';
import { createInstance } from './operations/create-instance.js';
import { deleteInstance } from './operations/delete-instance.js';
import { enumerateClasses } from './operations/enumerate-classes.js';
import { enumerateInstances } from './operations/enumerate-instances.js';
import { forgetClasses } from './operations/forget-classes.js';
import { getClass } from './operations/get-class.js';
import { getInstance } from './operations/get-instance.js';
import { identify } from './operations/identify.js';
import { invokeMethod } from './operations/invoke-method.js';
import { modifyInstance } from './operations/modify-instance.js';
import { queryInstances } from './operations/query-instances.js';
import { referenceInstances } from './operations/reference-instances.js';

/** The operations on an open connection, by the word in `do`. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    identify,
    getInstance,
    enumerateInstances,
    queryInstances,
    associatorInstances,
    referenceInstances,
    createInstance,
    modifyInstance,
    deleteInstance,
    invokeMethod,
    getClass,
    enumerateClasses,
    forgetClasses,
  }),
);

/** The members that all of them may have. */
export const COMMON_MEMBERS: readonly string[] = [
  ...['connection', 'namespace', 'operationTimeoutSec', 'resourceUri', 'options'],
];
