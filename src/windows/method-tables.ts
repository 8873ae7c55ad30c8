import type { MethodTable } from './method-table.js';
import { processTables } from './process/process-tables.js';
import { driverTables } from './service/driver-tables.js';
import { serviceTables } from './service/service-tables.js';
import { systemTables } from './system/system-tables.js';

/** The tables of all methods that do their work. */
export const methodTables: readonly MethodTable[] = [
  ...serviceTables,
  ...driverTables,
  ...processTables,
  ...systemTables,
];
