import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Provider } from '../../src/cim/contracts/provider.js';
import { createUuidSource } from '../../src/cim/contracts/uuid-source.js';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import type { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { parseInstancePath } from '../../src/cim/model/parse-instance-path.js';
import { compileMof } from '../../src/mof/compile-mof.js';
import type { MofCompilation } from '../../src/mof/mof-compilation.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { createCimServer } from '../support/cim-server.js';

const project = fileURLToPath(new URL('../../', import.meta.url));
const compiled = new Map<string, MofCompilation>();

/** The classes of a namespace as the project's own MOF declares them. */
function compileNamespace(namespace: string): MofCompilation {
  const known = compiled.get(namespace);
  if (known) return known;
  const file = `schemas/${namespace.replaceAll('/', '.')}.mof`;
  const compilation = compileMof([read(join(project, file))], {
    defaultNamespace: namespace,
    dialect: 'windows',
    readInclude: (included, from) => read(join(dirname(from), included)),
  });
  compiled.set(namespace, compilation);
  return compilation;
}

function read(file: string): { file: string; text: string } {
  return { file, text: readFileSync(file, 'utf8') };
}

/** What is at hand of a machine: a CIM server without a protocol, and shorter ways to its operations. */
export type WindowsMachine = Awaited<ReturnType<typeof createWindowsMachine>>;

/**
 * A Windows of some namespaces, over a store in memory.
 *
 * @param providers by namespace; each of these is served
 * @param seeds instances as MOF, by namespace
 */
export async function createWindowsMachine(
  providers: Readonly<Record<string, readonly Provider[]>>,
  seeds: Readonly<Record<string, string>> = {},
) {
  const store = createMemoryStore();
  await store.transaction(async (transaction) => {
    for (const [namespace, text] of Object.entries(seeds)) {
      const base = compileNamespace(namespace);
      const { namespaces } = compileMof([{ file: 'seed.mof', text }], {
        defaultNamespace: namespace,
        base,
        dialect: 'windows',
      });
      await transaction.putMany(namespaces.get(namespace)?.instances ?? []);
    }
  });
  const server = createCimServer({
    namespaces: Object.keys(providers).map((name) => {
      const schema = compileNamespace(name).namespaces.get(name)?.schema;
      if (!schema) throw new Error(`nothing is declared in ${name}`);
      return { name, schema, providers: providers[name] ?? [] };
    }),
    store,
    newUuid: createUuidSource(1),
  });
  const pathOf = (path: string, namespace = 'root/cimv2') => parseInstancePath(path).inNamespace(namespace);
  return {
    ...server,
    store,
    pathOf,
    /** Calls a method; the answer is ReturnValue and the outputs by name. */
    async invoke(path: string | InstancePath, method: string, input: Record<string, CimValue> = {}, user?: string) {
      const target = typeof path === 'string' ? pathOf(path) : path;
      const broker = user === undefined ? server.broker : server.as({ user });
      const { returnValue, outputs } = await broker.invokeMethod({
        namespace: target.namespace ?? 'root/cimv2',
        target,
        methodName: method,
        input: new NameMap(Object.entries(input)),
      });
      return { ReturnValue: returnValue, ...Object.fromEntries(outputs) } as Record<string, CimValue>;
    },
    /** A fresh Get; undefined when there is none. */
    get: (path: string): Promise<CimInstance | undefined> =>
      server.broker.getInstance(pathOf(path)).catch(() => undefined),
  };
}
