import { readFlag, readText } from '../../cimjson/read-json.js';
import type { Operation } from '../operation.js';
import { queryFilter } from '../query-filter.js';
import { isOfClasses, sendClassNames } from '../query-of-classes.js';
import { sendInstances } from '../send-instances.js';

export const queryInstances: Operation = {
  members: ['query', 'dialect', 'shallow', 'window'],
  async run(call) {
    const { members, client, namespace, options } = call;
    const query = readText(members, 'query', '');
    const filter = queryFilter(members, query);
    if ('wql' in filter && isOfClasses(query)) return sendClassNames(call, query);
    const shallow = readFlag(members, 'shallow', '');
    const how = { ...options, namespace, filter, ...(shallow && { polymorphism: 'none' as const }) };
    return sendInstances(call, client.enumerate('*', how));
  },
};
