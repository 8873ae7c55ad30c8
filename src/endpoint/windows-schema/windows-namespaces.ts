/**
 * The namespaces of Windows' schema that have classes of their own, as `schemas/` has an entry file for each: `root.cimv2.mof`. They are
 * spelled as Windows spells them.
 */
export const windowsNamespaces = [
  'root',
  'root/cimulator',
  'root/cimv2',
  'root/cimv2/power',
  'root/cimv2/Security/MicrosoftTpm',
  'root/cimv2/Security/MicrosoftVolumeEncryption',
  'root/cimv2/TerminalServices',
  'root/default',
  'root/Microsoft/Windows/DeviceGuard',
  'root/Microsoft/Windows/Smb',
  'root/Microsoft/Windows/Storage',
  'root/Microsoft/Windows/TaskScheduler',
  'root/SecurityCenter2',
  'root/StandardCimv2',
  'root/subscription',
  'root/wmi',
] as const;

/** What the endpoint keeps for itself: it is there for who names it, and in no list of namespaces. */
export const UNLISTED = 'root/cimulator';

/** Stands for what is in every namespace, `schemas/system.mof`. */
export const SYSTEM = 'system';

/** The name of a file of a namespace, without what tells its kind. */
export function dottedName(namespace: string): string {
  return namespace.replaceAll('/', '.');
}
