import type { MethodTable } from '../method-table.js';
import { logicalDiskTables } from './logical-disk-tables.js';
import { volumeTables } from './volume-tables.js';

/** The methods of drives that do their work. */
export const storageTables: readonly MethodTable[] = [...logicalDiskTables, ...volumeTables];
