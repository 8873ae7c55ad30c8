import { NameMap } from '../../cim/model/name-map.js';
import { encodeClass } from '../../cimjson/encode.js';
import { readFlag, readName, readOptional } from '../../cimjson/read-json.js';
import type { Operation } from '../operation.js';

export const enumerateClasses: Operation = {
  members: ['class', 'deep', 'namesOnly', 'window'],
  async run({ members, client, namespace, options, send }) {
    const className = readOptional(readName, members, 'class', '');
    const namesOnly = readFlag(members, 'namesOnly', '');
    const found = client.enumerateClasses({
      ...options,
      namespace,
      ...(className !== undefined && { className }),
      deep: readFlag(members, 'deep', ''),
      ...(namesOnly && { includeQualifiers: false, includeInherited: false }),
    });
    for await (const one of found) {
      const bare = {
        qualifiers: new NameMap<never>(),
        properties: new NameMap<never>(),
        methods: new NameMap<never>(),
      };
      await send(encodeClass(namesOnly ? { ...one, ...bare } : one, namespace));
    }
    return {};
  },
};
