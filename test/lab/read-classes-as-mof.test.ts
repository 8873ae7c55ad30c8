import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '../../src/cim/schema/schema.js';
import { classDataOf } from '../../src/cimjson/class-data.js';
import { encodeClass } from '../../src/cimjson/encode.js';
import { windowsNamespaces } from '../../src/endpoint/windows-schema/windows-namespaces.js';
import { createClient, type HttpEndpoint, startEndpoint } from '../../src/index.js';
import { readClassesAsMof } from '../../src/lab/read-classes-as-mof.js';
import { compileMof } from '../../src/mof/compile-mof.js';

let endpoint: HttpEndpoint;

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  endpoint = await startEndpoint({ port: 0, users: [{ name: 'lab', password: 'secret' }], logger });
});

afterAll(() => endpoint.close());

/** Those of the iSCSI target, and those that are there because others lie in them. */
const others = [
  ...['root/cimv2/storage/iScsiTarget', 'root/interop', 'root/cimv2/storage', 'root/cimv2/Security'],
  ...['root/Microsoft', 'root/Microsoft/Windows'],
];

const include = () => {
  throw new Error('nothing is included');
};

describe('all classes of a namespace as MOF', () => {
  it.each([...windowsNamespaces, ...others])('of %s are the same again when it is compiled', async (namespace) => {
    const client = createClient({ url: endpoint.http.url, user: 'lab', password: 'secret', namespace });
    const text = await readClassesAsMof(client, namespace);
    const compiled = compileMof([{ file: 'all.mof', text }], {
      ...{ defaultNamespace: namespace, dialect: 'windows', readInclude: include },
    });
    expect(compiled.warnings).toEqual([]);
    const schema = compiled.namespaces.get(namespace)?.schema as Schema;
    const served = await endpoint.broker.enumerateClasses(namespace, { className: undefined, deep: true });
    expect([...schema.classNames].sort()).toEqual(served.map(({ name }) => name).sort());
    const different = served.filter((one) => textOf(schema.getClass(one.name)) !== textOf(one));
    expect(different.map(({ name }) => name)).toEqual([]);
  });
});

/** Whatever the order of qualifiers, which an override does not keep. */
function textOf(cimClass: ReturnType<Schema['getClass']>): string {
  return JSON.stringify(encodeClass(classDataOf(cimClass)), (name, value) =>
    name === 'qualifiers' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}
