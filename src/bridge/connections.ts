import { CimJsonError } from '../cimjson/cim-json-error.js';
import { readName, readObject } from '../cimjson/read-json.js';
import { createClient } from '../client/create-client.js';
import { type Connection, createConnection } from './connection.js';
import type { CallMembers } from './read-message.js';
import { readTarget } from './read-target.js';
import type { Secrets } from './secrets.js';

/** The connections that the parent has opened, by the names that it gave them. */
export interface Connections {
  /** Nothing is sent to the server. @throws CimJsonError, TypeError for what is wrong with the target */
  open(members: CallMembers): object;
  /** Calls under way end as cancelled. @throws CimJsonError when there is none of that name */
  close(members: CallMembers): Promise<object>;
  /** The connection that a call names. @throws CimJsonError */
  find(members: CallMembers): Connection;
  /** Closes all. @returns when what was open on servers is released */
  closeAll(): Promise<void>;
}

/** @param secrets gets those of the targets */
export function createConnections(secrets: Secrets): Connections {
  const open = new Map<string, Connection>();
  const nameOf = (members: CallMembers) => readName(members, 'connection', '');
  const find = (members: CallMembers) => {
    const name = nameOf(members);
    const found = open.get(name);
    if (!found) throw new CimJsonError('connection', `'${name}' is not open`);
    return found;
  };
  return {
    find,
    open(members) {
      readObject(members, '', new Set(['connection', 'target']));
      const name = nameOf(members);
      if (open.has(name)) throw new CimJsonError('connection', `'${name}' is open already`);
      open.set(name, createConnection(createClient(readTarget(members.target, secrets))));
      return {};
    },
    async close(members) {
      readObject(members, '', new Set(['connection']));
      const found = find(members);
      open.delete(nameOf(members));
      await found.close();
      return {};
    },
    closeAll: async () => void (await Promise.all([...open.values()].map((one) => one.close()))),
  };
}
