import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CimClass, type CimMethod, lineage } from '../../../src/cim/model/cim-class.js';
import { CimStatus } from '../../../src/cim/model/cim-status.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { foldName, NameMap } from '../../../src/cim/model/name-map.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { windowsBehaviour } from '../../../src/endpoint/open-providers.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { windowsNamespaces } from '../../../src/endpoint/windows-schema/windows-namespaces.js';

let endpoint: Endpoint;

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  endpoint = await startEndpoint({ port: 0, logger, users: [{ name: 'asks', password: 'secret' }] });
});

afterAll(() => endpoint.close());

/** What providers of ours do in a namespace: `win32_service.startservice`. */
async function providedIn(namespace: string): Promise<ReadonlySet<string>> {
  const providers = await windowsBehaviour(namespace);
  return new Set(
    providers.flatMap(({ className, methods = {} }) =>
      Object.keys(methods).map((method) => foldName(`${className}.${method}`)),
    ),
  );
}

/** An instance of just this class, or the class for what can be called on it. */
async function targetOf(namespace: string, { name }: CimClass): Promise<InstancePath | undefined> {
  const cursor = await endpoint.broker.openInstances(namespace, name, { subclasses: false });
  if (cursor.classNames.length === 0) return undefined;
  return (await endpoint.broker.pullInstances(cursor, 1)).instances[0]?.path;
}

/** The code that a method's page has for "not supported", if it has one. */
function documentedCode(method: CimMethod): number | undefined {
  const [codes, labels] = ['ValueMap', 'Values'].map((name) => method.qualifiers.get(name)?.value);
  if (!Array.isArray(codes) || !Array.isArray(labels)) return undefined;
  const at = labels.findIndex((label) =>
    /^(?:(?:method|platform|operation|request) )?not supported(?: on this platform)?$/i.test(String(label)),
  );
  return at < 0 ? undefined : Number(codes[at]);
}

function expectedOf(method: CimMethod): string {
  const code = documentedCode(method);
  return code === undefined ? `status ${CimStatus.MethodNotAvailable}` : `answers ${code}`;
}

function answerOf(namespace: string, target: InstancePath, methodName: string): Promise<string> {
  return endpoint.broker.invokeMethod({ namespace, target, methodName, input: new NameMap() }).then(
    ({ returnValue }) => `answers ${returnValue}`,
    (error: { status?: number }) => `status ${error.status}`,
  );
}

it.each(windowsNamespaces)(
  'a method of %s that does nothing answers the code that its page has for that, else that it is not available',
  async (namespace) => {
    const provided = await providedIn(namespace);
    const answered: string[] = [];
    for (const one of await endpoint.broker.enumerateClasses(namespace, { className: undefined, deep: true })) {
      const isProvided = (method: string) =>
        [...lineage(one)].some(({ name }) => provided.has(foldName(`${name}.${method}`)));
      const missing = [...one.methods.values()].filter(({ name }) => !isProvided(name));
      const instance = missing.length > 0 ? await targetOf(namespace, one) : undefined;
      for (const method of missing) {
        const { name: methodName, isStatic } = method;
        const target = isStatic ? new InstancePath({ namespace, className: one.name }) : instance;
        if (!target) continue;
        const answer = await answerOf(namespace, target, methodName);
        const expected = expectedOf(method);
        if (answer !== expected) answered.push(`${one.name}.${methodName}: ${answer}`);
      }
    }
    expect(answered).toEqual([]);
  },
);
