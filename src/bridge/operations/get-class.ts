import { encodeClass } from '../../cimjson/encode.js';
import { readFlag, readName } from '../../cimjson/read-json.js';
import type { Operation } from '../operation.js';

export const getClass: Operation = {
  members: ['class', 'amended'],
  async run({ members, client, namespace, options }) {
    // Qualifiers come with their texts as a rule; no server was seen that needs to be asked for them.
    readFlag(members, 'amended', '');
    const found = await client.getClass(readName(members, 'class', ''), { ...options, namespace });
    return { class: encodeClass(found, namespace) };
  },
};
