import type { MethodTable } from '../method-table.js';
import { conversionTables } from './conversion-tables.js';
import { lockTables } from './lock-tables.js';
import { metadataTables } from './metadata-tables.js';
import { protectTables } from './protect-tables.js';
import { protectorTables } from './protector-tables.js';

/** The tables of the methods of Win32_EncryptableVolume. */
export const encryptionTables: readonly MethodTable[] = [
  ...[...conversionTables, ...protectTables, ...protectorTables, ...lockTables, ...metadataTables],
];
