import { type MachineReader, onlyOne } from './machine.js';

/** Who calls a method, as he signed in; nobody where the endpoint does something by itself. */
export interface Caller {
  readonly user?: string | undefined;
}

/** The caller as the machine calls him: accounts of the endpoint are accounts of the machine, or of the domain that their names say. */
export async function callerName(context: MachineReader & Caller): Promise<string> {
  const { user } = context;
  if (user === undefined) return 'LocalSystem';
  if (user.includes('\\')) return user;
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  return `${computer?.getString('Name') ?? ''}\\${user}`;
}
