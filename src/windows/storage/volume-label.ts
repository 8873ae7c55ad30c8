import { CimError } from '../../cim/model/cim-error.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';

/** Longest labels: of NTFS and ReFS, and of the others. */
const LONGEST = 32;
const LONGEST_OF_FAT = 11;

/** Whether a volume of this file system may be called so; without a name it may be in any case. */
export function isLabel(label: string, fileSystem: string): boolean {
  const isNew = sameName(fileSystem, 'NTFS') || sameName(fileSystem, 'ReFS');
  if (/\p{Cc}/u.test(label) || label.length > (isNew ? LONGEST : LONGEST_OF_FAT)) return false;
  return isNew || !/[*?/\\|,;:+=<>[\]".]/.test(label);
}

/** A label that a client gives a volume. @throws CimError InvalidParameter */
export function checkedLabel(given: CimValue, fileSystem: string): string | null {
  if (typeof given !== 'string') return null;
  if (isLabel(given, fileSystem)) return given;
  throw new CimError('InvalidParameter', `No volume of ${fileSystem} is called '${shorten(given, 100)}'.`);
}
