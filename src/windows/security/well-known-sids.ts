import { sameName } from '../../cim/model/name-map.js';

/** An account that every Windows has under the same security identifier (MS-DTYP 2.4.2.4). */
export interface WellKnownAccount {
  readonly sid: string;
  readonly domain: string | null;
  readonly name: string;
}

export const EVERYONE: WellKnownAccount = { sid: 'S-1-1-0', domain: null, name: 'Everyone' };
export const CREATOR_OWNER: WellKnownAccount = { sid: 'S-1-3-0', domain: null, name: 'CREATOR OWNER' };
export const AUTHENTICATED_USERS: WellKnownAccount = {
  sid: 'S-1-5-11',
  domain: 'NT AUTHORITY',
  name: 'Authenticated Users',
};
export const INTERACTIVE: WellKnownAccount = { sid: 'S-1-5-4', domain: 'NT AUTHORITY', name: 'INTERACTIVE' };
export const SYSTEM: WellKnownAccount = { sid: 'S-1-5-18', domain: 'NT AUTHORITY', name: 'SYSTEM' };
export const LOCAL_SERVICE: WellKnownAccount = { sid: 'S-1-5-19', domain: 'NT AUTHORITY', name: 'LOCAL SERVICE' };
export const NETWORK_SERVICE: WellKnownAccount = { sid: 'S-1-5-20', domain: 'NT AUTHORITY', name: 'NETWORK SERVICE' };
export const ADMINISTRATORS: WellKnownAccount = { sid: 'S-1-5-32-544', domain: 'BUILTIN', name: 'Administrators' };
export const USERS: WellKnownAccount = { sid: 'S-1-5-32-545', domain: 'BUILTIN', name: 'Users' };

const ALL = [
  ...[EVERYONE, CREATOR_OWNER, AUTHENTICATED_USERS, INTERACTIVE, SYSTEM, LOCAL_SERVICE],
  ...[NETWORK_SERVICE, ADMINISTRATORS, USERS],
];

/** The account with a security identifier, if everybody knows it. */
export function wellKnownAccount(sid: string): WellKnownAccount | undefined {
  return ALL.find((one) => one.sid === sid.toUpperCase());
}

/** The account with a name, in any case of the letters. */
export function wellKnownByName(name: string): WellKnownAccount | undefined {
  return ALL.find((one) => sameName(one.name, name));
}
