import { InstancePath } from '../cim/model/instance-path.js';

/** What Windows calls a computer in paths: its name before the first dot. */
export function serverName(host: string | undefined): string | undefined {
  return host?.split('.', 1)[0]?.toUpperCase();
}

/**
 * A path as the text that Windows has for it, which LIKE sees: `\\SRV01\root\cimv2:Win32_Service.Name="Spooler"`; without a namespace what
 * is relative to it.
 *
 * @param server the computer where the path does not name it
 */
export function pathText(path: InstancePath, server: string | undefined): string {
  const { host = server, namespace, className, keys, isSingleton } = path;
  const local = new InstancePath({ className, keys, isSingleton }).toString();
  if (namespace === undefined) return local;
  return `\\\\${serverName(host) ?? '.'}\\${namespace.replaceAll('/', '\\')}:${local}`;
}
