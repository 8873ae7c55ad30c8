import { CimJsonError } from '../../cimjson/cim-json-error.js';
import { readFlag, readList, readName, readOptional, readText, wrong } from '../../cimjson/read-json.js';
import type { EnumerateOptions } from '../../client/enumerate-options.js';
import type { Operation, OperationCall } from '../operation.js';
import { queryFilter } from '../query-filter.js';
import { sendInstances } from '../send-instances.js';

export const enumerateInstances: Operation = {
  members: ['class', 'filter', 'dialect', 'properties', 'shallow', 'keyOnly', 'window'],
  async run(call) {
    const { members, client, namespace, options } = call;
    const className = readName(members, 'class', '');
    const query = queryOf(call, className);
    const how: EnumerateOptions = {
      ...options,
      namespace,
      ...(readFlag(members, 'shallow', '') && { polymorphism: 'none' }),
      ...(readFlag(members, 'keyOnly', '') && { mode: 'epr' }),
      ...(query !== undefined && { filter: queryFilter(members, query) }),
    };
    return sendInstances(call, client.enumerate(query === undefined ? className : '*', how));
  },
};

/** Microsoft's cmdlets ask for some of the instances, or of the properties, by a query. */
function queryOf({ members }: OperationCall, className: string): string | undefined {
  const filter = readOptional(readText, members, 'filter', '');
  const properties = members.properties === undefined ? undefined : readNames(members.properties, 'properties');
  if (filter === undefined && properties === undefined) return undefined;
  const where = filter === undefined ? '' : ` WHERE ${filter}`;
  return `SELECT ${properties?.join(',') ?? '*'} FROM ${className}${where}`;
}

function readNames(json: unknown, place: string): readonly string[] {
  const names = readList(json, place).map((name, index) => {
    if (typeof name !== 'string' || name === '') throw wrong(name, `${place}[${index}]`, 'the name of a property');
    return name;
  });
  if (names.length === 0) throw new CimJsonError(place, 'it is empty');
  return names;
}
