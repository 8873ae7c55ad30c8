import type { Access } from '../../cim/contracts/access.js';
import { accessDenied, checkClass } from '../../cim/contracts/access-denied.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { Resource } from '../resource.js';

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
  const { space } = resource;
  if (resource.kind !== 'class') {
    if (permissions.allowsSome(right, space.name)) return;
    throw accessDenied(right, space.name);
  }
  const cimClass = space.schema.findClass(resource.className);
  if (cimClass && access.reaches(space, cimClass)) return;
  checkClass(access, space.name, cimClass, resource.className);
}

/** Whether the user may be shown the configuration. */
export function mayReadConfig(access: Access | undefined): boolean {
  return access === undefined || access.permissions.allows('read', CONFIG, []);
}
