import type { CimClass } from '../../cim/cim-class.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { Resource } from '../resource.js';
import type { Access } from './access.js';
import { accessDenied } from './access-denied.js';

/** Where the service's configuration is, for roles. */
const CONFIG = 'winrm/config';

/**
 * Refuses what the user may not do whatever else the request says, before anything in it is looked at: what is wrong with it would
 * tell about the class. Of a class that does not exist, only those learn that who have the right for the whole namespace.
 *
 * @throws CimError AccessDenied; WsmanFault AccessDenied for the configuration, which is no CIM object
 */
export function checkResource(access: Access, resource: Resource): void {
  const { permissions, right } = access;
  if (resource.kind === 'config') {
    // What is no Get and no enumeration is a change, or an attempt at one.
    const needed = right === 'read' ? 'read' : 'write';
    if (permissions.allows(needed, CONFIG, [])) return;
    const verb = needed === 'read' ? 'read' : 'change';
    throw new WsmanFault('AccessDenied', `Access is denied: this user may not ${verb} the configuration.`);
  }
  const { namespace } = resource;
  if (resource.kind !== 'class') {
    if (permissions.allowsSome(right, namespace.name)) return;
    throw accessDenied(right, namespace.name);
  }
  const cimClass = namespace.schema.findClass(resource.className);
  if (cimClass && access.reaches(namespace, cimClass)) return;
  checkClass(access, namespace.name, cimClass, resource.className);
}

/** Whether the user may be shown the configuration. */
export function mayReadConfig({ permissions }: Access): boolean {
  return permissions.allows('read', CONFIG, []);
}

/**
 * Refuses a class that the user may not use as a whole.
 *
 * @param cimClass undefined when there is no class of the name
 * @throws CimError AccessDenied
 */
export function checkClass(access: Access, namespace: string, cimClass: CimClass | undefined, name: string): void {
  const { permissions, right } = access;
  if (cimClass ? access.allows(namespace, cimClass) : permissions.allows(right, namespace, [name])) return;
  throw accessDenied(right, namespace, name);
}
