import type { CimInstance } from '../cim/model/cim-instance.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { foldName } from '../cim/model/name-map.js';

/** What is wrong with an instance beside the others. */
export interface MachineProblem {
  readonly path: InstancePath;
  readonly message: string;
}

/**
 * What cannot be on a machine, whoever says so: a service that depends on itself, drives that hold less than what lies on them, partitions that
 * lie beyond their drive or over each other.
 *
 * @param instances of one namespace, those of all hosts among them
 */
export function checkMachine(instances: readonly CimInstance[]): readonly MachineProblem[] {
  const known = new Map(instances.map((one) => [keyOf(one.path, one.path?.namespace), one] as const));
  const of = (className: string) => instances.filter((one) => foldName(one.className) === foldName(className));
  const end = (tie: CimInstance, name: string) => {
    const path = tie.get(name);
    return path instanceof InstancePath ? known.get(keyOf(path, tie.path?.namespace)) : undefined;
  };
  return [
    ...of('Win32_DependentService').flatMap(ownDependency),
    ...of('Win32_LogicalDisk').flatMap(tooMuchFree),
    ...misplaced(of('Win32_DiskPartition'), of('Win32_DiskDrive')),
    ...tooSmall(of('Win32_DiskDriveToDiskPartition'), end),
    ...tooSmall(of('Win32_LogicalDiskToPartition'), end),
  ];
}

type End = (tie: CimInstance, name: string) => CimInstance | undefined;

function ownDependency({ path, properties }: CimInstance): readonly MachineProblem[] {
  const [needed, needing] = [properties.get('Antecedent'), properties.get('Dependent')];
  if (!(path && needed instanceof InstancePath && needing instanceof InstancePath)) return [];
  if (keyOf(needed, '') !== keyOf(needing, '')) return [];
  return [{ path, message: `the service ${needed.keys.get('Name')} depends on itself` }];
}

function tooMuchFree(disk: CimInstance): readonly MachineProblem[] {
  const [size, free] = [bytes(disk, 'Size'), bytes(disk, 'FreeSpace')];
  if (!disk.path || size === undefined || free === undefined || free <= size) return [];
  return [{ path: disk.path, message: `${nameOf(disk)} has ${free} bytes free of ${size}` }];
}

/** Partitions that say where they lie: beyond the end of their drive, or where another one lies that was named before. */
function misplaced(partitions: readonly CimInstance[], drives: readonly CimInstance[]): readonly MachineProblem[] {
  const place = (one: CimInstance, property: string) => `${one.path?.namespace ?? ''} ${String(one.get(property))}`;
  const driveAt = new Map(drives.map((one) => [place(one, 'Index'), one] as const));
  const before = new Map<string, CimInstance[]>();
  return partitions.flatMap((partition) => {
    const extent = extentOf(partition);
    if (!partition.path || !extent) return [];
    const drive = driveAt.get(place(partition, 'DiskIndex'));
    const size = drive && bytes(drive, 'Size');
    if (drive && size !== undefined && extent.to > size)
      return [
        {
          path: partition.path,
          message: `${nameOf(partition)} ends at ${extent.to} bytes, and ${nameOf(drive)} has ${size}`,
        },
      ];
    const beside = before.get(place(partition, 'DiskIndex')) ?? [];
    before.set(place(partition, 'DiskIndex'), [...beside, partition]);
    const other = beside.find((one) => {
      const its = extentOf(one);
      return its !== undefined && its.from < extent.to && extent.from < its.to;
    });
    return other ? [{ path: partition.path, message: `${nameOf(partition)} lies over ${nameOf(other)}` }] : [];
  });
}

/** Where a partition begins and ends, in bytes; undefined for one that does not say it. */
function extentOf(partition: CimInstance): { readonly from: bigint; readonly to: bigint } | undefined {
  const [from, size] = [bytes(partition, 'StartingOffset'), bytes(partition, 'Size')];
  return from === undefined || size === undefined ? undefined : { from, to: from + size };
}

/** What lies on something: more than that holds in all. It is told of the part with which it is too much. */
function tooSmall(ties: readonly CimInstance[], end: End): readonly MachineProblem[] {
  const taken = new Map<CimInstance, bigint>();
  return ties.flatMap((tie) => {
    const [whole, part] = [end(tie, 'Antecedent'), end(tie, 'Dependent')];
    const [size, more] = [whole && bytes(whole, 'Size'), part && bytes(part, 'Size')];
    if (!(whole && part?.path) || size === undefined || more === undefined) return [];
    const all = (taken.get(whole) ?? 0n) + more;
    taken.set(whole, all);
    if (all <= size || all - more > size) return [];
    return [{ path: part.path, message: `${nameOf(part)} is larger than ${nameOf(whole)}: ${all} bytes of ${size}` }];
  });
}

function bytes(instance: CimInstance, name: string): bigint | undefined {
  const value = instance.get(name);
  return typeof value === 'bigint' ? value : undefined;
}

function nameOf(instance: CimInstance): string {
  return instance.getString('DeviceID') ?? instance.className;
}

/** Equal for the same object of the same host, whether a reference names the namespace or not. */
function keyOf(path: InstancePath | undefined, namespace: string | undefined): string {
  return path === undefined ? '' : `${foldName(namespace ?? '')} ${foldName(path.className)} ${path.canonicalKeys}`;
}
