import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { elementsOf } from '../elements-of.js';
import { allOf, type MachineContext, type MachineReader } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { stored } from '../on-instance.js';
import { findValue, putValue } from '../registry/registry.js';
import { RegistryType } from '../registry/registry-key.js';
import { DriveType, logicalDisk, putVolume, VOLUME_CLASS } from './volume-rows.js';

/** What Windows runs before it starts is a value of the registry: a line for each check that was ordered, the last for all other drives. */
const KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager';
const VALUE = 'BootExecute';
/** Checks what is dirty. */
const OTHERS = /^autocheck autochk (?:\/k:([A-Z]+) )?\*$/i;

/** Codes that the methods of both classes have. */
const Code = { remote: 1, removable: 2, noRoot: 3, unknown: 4 } as const;

async function linesOf(store: InstanceReader): Promise<readonly string[]> {
  const data = (await findValue(store, KEY, VALUE))?.data;
  return data !== undefined && isCimArray(data) ? data.map(String) : ['autocheck autochk *'];
}

async function putLines({ store }: MachineContext, lines: readonly string[]): Promise<void> {
  await putValue(store, KEY, { name: VALUE, type: RegistryType.multiText, data: [...lines] });
}

/** Has a drive checked when the machine starts again, whatever state it is in (`/p`), or if it is dirty by then (`/m`). */
export async function checkAtStart(context: MachineContext, drives: readonly string[], how: 'p' | 'm'): Promise<void> {
  const ordered = drives.map((drive) => `autocheck autochk /${how} \\??\\${drive}`);
  const lines = (await linesOf(context.store)).filter((one) => !ordered.some((line) => sameName(line, one)));
  const excluded = new Set(drives.map((drive) => drive.charAt(0)));
  await putLines(context, [...ordered, ...lines.map((one) => withoutExclusions(one, excluded))]);
}

function withoutExclusions(line: string, drives: ReadonlySet<string>): string {
  const [, letters] = OTHERS.exec(line) ?? [];
  return letters === undefined ? line : lineOfOthers([...letters].filter((letter) => !drives.has(letter)));
}

function lineOfOthers(excluded: readonly string[]): string {
  return `autocheck autochk ${excluded.length === 0 ? '' : `/k:${excluded.join('')} `}*`;
}

/** Has no drive of these checked when the machine starts, and all others: what was excluded before no longer is. */
export async function excludeFromCheck(context: MachineContext, drives: readonly string[]): Promise<void> {
  const others = (await linesOf(context.store)).filter(
    (line) => !OTHERS.test(line) && !drives.some((drive) => line.toUpperCase().endsWith(`\\??\\${drive}`)),
  );
  await putLines(context, [...others, lineOfOthers(drives.map((drive) => drive.charAt(0)))]);
}

/**
 * The drives that a call names, each as `D:` or its root. A volume may be named by its device as well.
 *
 * @throws MethodRefusal
 */
export async function checkedDrives(given: CimValue | undefined, context: MachineReader): Promise<readonly string[]> {
  const names = elementsOf(given);
  if (names.length === 0) throw new MethodRefusal(Code.unknown, 'no drive is named');
  const drives: string[] = [];
  for (const name of names) drives.push(await checkedDrive(String(name), context));
  return [...new Set(drives)];
}

async function checkedDrive(name: string, context: MachineReader): Promise<string> {
  if (name.startsWith('\\\\') && !name.startsWith('\\\\?\\'))
    throw new MethodRefusal(Code.remote, `${name} is of another computer`);
  const device = (await allOf(context, VOLUME_CLASS)).find((one) => sameName(one.getString('DeviceID') ?? '', name));
  const path = device?.getString('DriveLetter') ?? name;
  const [, letter, rest = ''] = /^([a-z]:)\\?(.*)$/i.exec(path) ?? [];
  const disk = letter === undefined ? undefined : await logicalDisk(context, letter.toUpperCase());
  if (!disk || letter === undefined) throw new MethodRefusal(Code.unknown, `there is no drive ${name}`);
  if (rest !== '') throw new MethodRefusal(Code.noRoot, `${name} is not the root of a drive`);
  const type = disk.get('DriveType');
  if (type === DriveType.network) throw new MethodRefusal(Code.remote, `${name} is of another computer`);
  if (type !== DriveType.local) throw new MethodRefusal(Code.removable, `the medium of ${name} can be removed`);
  return letter.toUpperCase();
}

/** What the machine checks when it starts: what was ordered once is done then, and whatever is checked is clean. */
export async function checkVolumes(context: MachineContext): Promise<void> {
  const lines = await linesOf(context.store);
  const orders = lines.flatMap((line) => /^autocheck autochk \/[pm] \\\?\?\\([A-Z]:)$/i.exec(line)?.[1] ?? []);
  const excluded = lines.flatMap((line) => [...(OTHERS.exec(line)?.[1] ?? '')]);
  for (const volume of await allOf(context, VOLUME_CLASS)) {
    const drive = volume.getString('DriveLetter') ?? '';
    if (volume.get('DirtyBitSet') !== true || drive === '') continue;
    const isOrdered = orders.some((one) => sameName(one, drive));
    if (isOrdered || !excluded.includes(drive.charAt(0)))
      await putVolume(context, stored(volume), { DirtyBitSet: false });
  }
  if (orders.length > 0)
    await putLines(
      context,
      lines.filter((line) => !/^autocheck autochk \/[pm] /i.test(line)),
    );
}
