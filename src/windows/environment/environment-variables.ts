import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { NameMap } from '../../cim/model/name-map.js';
import { CIMV2 } from '../namespaces.js';
import { findValue } from '../registry/registry.js';

/** As many times is a text expanded whose variables name variables. */
const DEPTH = 5;
/** So many characters has an environment string at most (ExpandEnvironmentStrings). */
const LONGEST = 32_767;

type Reader = Pick<InstanceReader, 'get' | 'scan'>;

/** The variables of the computer: those of Win32_Environment that are of the system, and those that Windows makes itself. */
export async function environmentVariables(store: Reader): Promise<NameMap<string>> {
  const variables = new NameMap<string>();
  await addOwn(store, variables);
  for await (const one of store.scan(CIMV2, 'Win32_Environment')) {
    if (one.get('SystemVariable') === true)
      variables.set(one.getString('Name') ?? '', one.getString('VariableValue') ?? '');
  }
  return variables;
}

async function addOwn(store: Reader, variables: NameMap<string>): Promise<void> {
  const own: [string, string | undefined][] = [];
  for await (const system of store.scan(CIMV2, 'Win32_OperatingSystem')) {
    own.push(['SystemDrive', system.getString('SystemDrive')], ['SystemRoot', system.getString('WindowsDirectory')]);
    own.push(['COMPUTERNAME', system.getString('CSName')]);
  }
  const programs = await findValue(store, 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion', 'ProgramFilesDir');
  own.push(['ProgramFiles', typeof programs?.data === 'string' ? programs.data : undefined]);
  for (const [name, value] of own) if (value !== undefined) variables.set(name, value);
}

/** Puts the values of variables for `%NAME%`; what is no variable, and what would be too long, stays as it is written. */
export function expandVariables(text: string, variables: NameMap<string>): string {
  let expanded = text;
  for (let depth = 0; depth < DEPTH; depth++) {
    const before = expanded;
    let room = Math.max(LONGEST, text.length) - before.length;
    expanded = before.replace(/%([^%]+)%/g, (written, name: string) => {
      const value = variables.get(name);
      if (value === undefined || value.length - written.length > room) return written;
      room -= value.length - written.length;
      return value;
    });
    if (expanded === before) break;
  }
  return expanded;
}
