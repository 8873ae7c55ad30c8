import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import type { ClassDescription } from '../../../src/client/class-description.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { windowsNamespaces } from '../../../src/endpoint/windows-schema/windows-namespaces.js';

/** What is asked at once: an explorer shows many classes. */
const AT_ONCE = 8;

const OWN_CLASSES = "SELECT * FROM meta_class WHERE NOT __Class LIKE '[_][_]%'";

/** Its instances are made when somebody asks for one, so an explorer that lists them is told that it cannot. */
const MADE_WHEN_ASKED =
  /^root\/cimv2: instances of Win32_PingStatus: .*NotSupported: Instances of Win32_PingStatus cannot be listed/;

let endpoint: Endpoint;
let client: WsmanClient;

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  endpoint = await startEndpoint({ port: 0, users: [{ name: 'explorer', password: 'secret' }], logger });
  client = createClient({ url: endpoint.http?.url ?? '', user: 'explorer', password: 'secret', namespace: 'root' });
});

afterAll(async () => {
  await client.close();
  await endpoint.close();
});

async function walk(namespace: string): Promise<string[]> {
  const names: string[] = [namespace];
  for await (const one of client.enumerate('__NAMESPACE', { namespace }))
    names.push(...(await walk(`${namespace}/${one.get('Name')}`)));
  return names;
}

async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const worker = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What a class of a namespace answers; each question that ends with an error is told. */
class Explorer {
  readonly errors: string[] = [];
  questions = 0;
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  async #ask<T>(what: string, question: () => Promise<T>): Promise<T | undefined> {
    this.questions += 1;
    try {
      return await question();
    } catch (error) {
      this.errors.push(`${this.#namespace}: ${what}: ${String(error)}`);
      return undefined;
    }
  }

  /** @param most as many as are looked at; behind them the enumeration is released */
  async all(what: string, instances: AsyncIterable<CimInstance>, most = Infinity): Promise<readonly CimInstance[]> {
    const list = async () => {
      const found: CimInstance[] = [];
      for await (const one of instances) if (found.push(one) >= most) break;
      return found;
    };
    return (await this.#ask(what, list)) ?? [];
  }

  /** @param hasSubclasses each of which is asked for its instances itself */
  async class({ name }: ClassDescription, hasSubclasses: boolean): Promise<void> {
    const namespace = this.#namespace;
    const instances = client.enumerate(name, { namespace });
    const [first] = await this.all(`instances of ${name}`, instances, hasSubclasses ? 1 : undefined);
    // The declarations of all have come with the query for classes.
    const declared = first && (await this.#ask(`class ${name}`, () => client.getClass(name, { namespace })));
    if (declared) await this.#instance(first, declared);
  }

  async #instance(instance: CimInstance, { name, properties }: ClassDescription): Promise<void> {
    const { path } = instance;
    if (!path) {
      this.errors.push(`${this.#namespace}: an instance of ${name} has no path`);
      return;
    }
    const found = await this.#ask(`get ${path}`, () => client.get(path));
    if (found && !found.path?.equals(path)) this.errors.push(`get ${path} found ${found.path}`);
    for (const [key, value] of path.keys) {
      if (!properties.has(key) || value instanceof InstancePath) continue;
      const literal = typeof value === 'string' ? `"${value.replace(/[\\"]/g, '\\$&')}"` : String(value);
      const wql = `SELECT * FROM ${name} WHERE ${key} = ${literal}`;
      const same = await this.all(wql, client.query(wql, { namespace: this.#namespace }));
      if (!same.some((one) => one.path?.equals(path))) this.errors.push(`${wql} does not find ${path}`);
    }
    const associated = await this.all(`associators of ${path}`, client.associators(path));
    const references = await this.all(`references of ${path}`, client.references(path));
    if (associated.length > 0 && references.length === 0) this.errors.push(`${path} is associated by nothing`);
  }
}

describe('a walk of a WMI explorer', () => {
  it('finds from root every namespace that there is, and ends', async () => {
    const found = await walk('root');
    expect(new Set(found).size).toBe(found.length);
    const served = ['root/interop', 'root/cimv2/storage/iScsiTarget', ...windowsNamespaces];
    const folded = new Set(found.map((name) => name.toLowerCase()));
    expect(served.filter((name) => !folded.has(name.toLowerCase()))).toEqual(['root/cimulator']);
  });

  it('asks every class for its declaration and instances, and the first of these for its associations, without a fault', async () => {
    let questions = 0;
    for (const namespace of await walk('root')) {
      const explorer = new Explorer(namespace);
      // What every namespace has is asked for in root, and elsewhere from the class on top.
      const wql = namespace === 'root' ? 'SELECT * FROM meta_class' : OWN_CLASSES;
      const classes: ClassDescription[] = [];
      for await (const one of client.enumerateClasses({ namespace, wql })) classes.push(one);
      const above = new Set(classes.map(({ superclass }) => superclass));
      await forEach(classes, (one) => explorer.class(one, above.has(one.name)));
      await explorer.all('__SystemClass', client.enumerate('__SystemClass', { namespace }));
      const refused = namespace === 'root/cimv2' ? [MADE_WHEN_ASKED] : [];
      expect(explorer.errors).toEqual(refused.map((error) => expect.stringMatching(error)));
      questions += explorer.questions;
    }
    expect(questions).toBeGreaterThan(1000);
    // Some seconds; on a machine that does much else besides, it may be a minute.
  }, 180_000);
});
