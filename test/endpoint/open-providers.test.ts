import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CimClass, type CimMethod, lineage } from '../../src/cim/model/cim-class.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { windowsBehaviour } from '../../src/endpoint/open-providers.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { windowsNamespaces } from '../../src/endpoint/windows-schema/windows-namespaces.js';
import { windowsSchema } from '../../src/endpoint/windows-schema/with-windows.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ port: 0, logger });
});
afterAll(() => endpoint.close());

/** The code that a method's page gives for "not supported", by the qualifiers that tell of it. */
function documentedCode(method: CimMethod): number | undefined {
  const [codes, labels] = ['ValueMap', 'Values'].map((name) => method.qualifiers.get(name)?.value);
  if (!Array.isArray(codes) || !Array.isArray(labels)) return undefined;
  const at = labels.findIndex((label) =>
    /^(?:(?:method|platform|operation|request) )?not supported(?: on this platform)?$/i.test(String(label)),
  );
  return at < 0 ? undefined : Number(codes[at]);
}

/** Methods of a class that nobody carries out. */
async function idleMethods(namespace: string, cimClass: CimClass): Promise<readonly CimMethod[]> {
  const providers = new NameMap<Set<string>>();
  for (const { className, methods } of await windowsBehaviour(namespace)) {
    const known = providers.get(className) ?? new Set<string>();
    for (const name of Object.keys(methods)) known.add(name.toLowerCase());
    providers.set(className, known);
  }
  const isDone = ({ name }: CimMethod) =>
    [...lineage(cimClass)].some((one) => providers.get(one.name)?.has(name.toLowerCase()));
  return [...cimClass.methods.values()].filter((one) => !isDone(one));
}

/** CIM's status of a method that is not available. */
const NOT_AVAILABLE = 'status 16';

const invoke = (path: string, method: string) =>
  endpoint.cim.invoke(path, method).then(
    ({ returnValue }) => returnValue,
    (error: Error & { readonly status?: unknown }) => `status ${error.status}`,
  );

/** What answers otherwise than it is to, of methods that can be called: on a class, or on the first instance that the lab has. */
async function wrongAnswers(namespace: string, cimClass: CimClass): Promise<readonly string[]> {
  const idle = await idleMethods(namespace, cimClass);
  const [instance] =
    idle.length === 0 || cimClass.isAbstract
      ? []
      : await endpoint.cim.find(`SELECT * FROM ${cimClass.name}`, namespace);
  const wrong: string[] = [];
  for (const method of idle) {
    const target = method.isStatic ? `${namespace}:${cimClass.name}` : instance?.path;
    if (target === undefined) continue;
    const expected = documentedCode(method) ?? NOT_AVAILABLE;
    const answer = await invoke(String(target), method.name);
    if (answer !== expected) wrong.push(`${cimClass.name}.${method.name}: ${answer}, not ${expected}`);
  }
  return wrong;
}

describe.each(windowsNamespaces)('a method of %s that does nothing', (namespace) => {
  it('answers the code that its page has for that, else that it is not available', async () => {
    const schema = windowsSchema(namespace);
    const wrong: string[] = [];
    for (const { name } of schema?.declarations ?? []) {
      const cimClass = schema?.findClass(name);
      if (cimClass && cimClass.methods.size > 0) wrong.push(...(await wrongAnswers(namespace, cimClass)));
    }
    expect(wrong).toEqual([]);
  });
});

it('devices have no power to set', async () => {
  const [drive] = await endpoint.cim.find('SELECT * FROM Win32_DiskDrive', 'root/cimv2');
  for (const method of ['SetPowerState', 'Reset']) expect(await invoke(String(drive?.path), method)).toBe(1);
});
