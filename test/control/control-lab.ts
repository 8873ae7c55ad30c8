import type { InvokeMethodResult } from '../../src/cim/contracts/cim-operation.js';
import { createUuidSource } from '../../src/cim/contracts/uuid-source.js';
import { CimError } from '../../src/cim/model/cim-error.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { parseInstancePath } from '../../src/cim/model/parse-instance-path.js';
import { type ControlLimits, DEFAULT_CONTROL_LIMITS } from '../../src/control/control-limits.js';
import { OutsideMethods } from '../../src/control/methods/outside-methods.js';
import { openControl } from '../../src/control/open-control.js';
import type { CimFace, GivenValues } from '../../src/endpoint/cim-face.js';
import type { SeedSource, Snapshot, TestKit, WaitOptions } from '../../src/endpoint/test-kit.js';
import { compileFilter } from '../../src/interceptors/match/compile-match.js';
import type { ExchangeFilter } from '../../src/interceptors/match/exchange-match.js';
import { maskedFilter } from '../../src/interceptors/match/masked-filter.js';
import { refuseUnknownNames } from '../../src/interceptors/match/unknown-name.js';
import type { RecordedExchange } from '../../src/interceptors/record/recorded-exchange.js';
import type { Rule, RuleState } from '../../src/interceptors/rules/rule.js';
import { exportLab } from '../../src/lab/export-lab.js';
import { compileMof } from '../../src/mof/compile-mof.js';
import { createSecretNames } from '../../src/secrets/secret-names.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { createCimServer } from '../support/cim-server.js';

export const NAMESPACE = 'root/lab';

const MOF = `
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride, ToSubclass);
Qualifier In : boolean = true, Scope(parameter);
Qualifier Out : boolean = false, Scope(parameter);
Qualifier Static : boolean = false, Scope(property, method);
class LAB_Part { [Key] uint16 Id; string Label;
  uint32 Turn([In] uint64 By, [In(false), Out] uint64 Now);
  [Static] uint32 Count([In(false), Out] uint16 Parts);
};
class LAB_Fan : LAB_Part { uint64 Turns; datetime Since; uint8 Codes[]; };
`;

const noInclude = () => {
  throw new Error('nothing is included');
};

/** The test kit of an endpoint without an endpoint: a model in memory, and lists that tests fill. */
export interface ControlLab {
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly kit: TestKit;
  readonly methods: OutsideMethods;
  /** What was logged, each line as text. */
  readonly log: string[];
  readonly restored: Snapshot[];
  readonly seeded: SeedSource[];
  /** As if a client had called. */
  record(exchange?: Partial<RecordedExchange>): void;
  /** Forgets the oldest. */
  forget(count: number): void;
  fetch(path: string, init?: { method?: string; body?: unknown; headers?: Record<string, string> }): Promise<Response>;
  /** The answer of a route: status and JSON. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>;
  invoke(target: string, method: string, input?: Record<string, CimValue>): Promise<InvokeMethodResult>;
  close(): Promise<void>;
}

export async function controlLab(
  limits: Partial<ControlLimits> = {},
  options: { host?: string; tls?: { certificate: string; privateKey: string }; isMeasured?: boolean } = {},
): Promise<ControlLab> {
  const compiled = compileMof([{ file: 'lab.mof', text: MOF }], {
    defaultNamespace: NAMESPACE,
    readInclude: noInclude,
  });
  const schema = [...compiled.namespaces.values()].find(({ name }) => name === NAMESPACE)?.schema;
  if (schema === undefined) throw new Error('the MOF of the test has no classes');
  const store = createMemoryStore();
  let methods: OutsideMethods | undefined;
  const server = createCimServer({
    namespaces: [{ name: NAMESPACE, schema }],
    ...{ store, newUuid: createUuidSource(1) },
    interceptors: (namespaces) => {
      methods = new OutsideMethods(namespaces, { ...DEFAULT_CONTROL_LIMITS, ...limits });
      return [methods.interceptor];
    },
  });
  if (methods === undefined) throw new Error('no interceptors were asked for');
  const outside: OutsideMethods = methods;
  const log: string[] = [];
  const say = (level: string) => (facts: object, message: string) =>
    void log.push(`${level} ${message} ${JSON.stringify(facts)}`);
  const logger = {
    ...{ debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    isLevelEnabled: () => true,
  };
  const kit = fakeKit(server, store, outside);
  const matcher = (filter: ExchangeFilter) => compileFilter(filter, (_n, one, other) => schema.isA(one, other)).matches;
  const control = await openControl(
    { host: options.host ?? '127.0.0.1', port: 0, tls: options.tls },
    {
      ...{
        kit,
        kitOf: () => kit,
        namespaces: server.namespaces,
        namespace: NAMESPACE,
        methods: outside,
        spaces: undefined,
        logger,
        matcher,
      },
      facts: {
        ...{ user: 'alice', lab: 'none', http: 'http://127.0.0.1:5985/wsman' },
        state: { kind: 'memory', place: 'none', wasFound: false },
      },
      exportLab: (space, classNames) => exportLab(store, space, classNames),
      backup: async function* () {
        yield 'head\n';
        yield 'end\n';
      },
      metrics:
        options.isMeasured === false
          ? undefined
          : async () => ({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
      limits: { ...DEFAULT_CONTROL_LIMITS, ...limits },
    },
  );
  const { url, token, port } = control;
  const lab: ControlLab = {
    ...{ url, token, port, kit, methods: outside, log, restored: kit.restored, seeded: kit.seeded },
    record: kit.record,
    forget: (count) => void kit.kept.splice(0, count),
    fetch: (path, { method = 'GET', body, headers = {} } = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    async ask(method, path, body) {
      const response = await lab.fetch(path, { method, ...(body !== undefined && { body }) });
      const text = await response.text();
      return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
    },
    invoke: (target, method, input = {}) => kit.cim.invoke(target, method, input as GivenValues),
    async close() {
      await control.close();
      await server.close();
      await store.close();
    },
  };
  return lab;
}

type Store = ReturnType<typeof createMemoryStore>;

function fakeKit({ broker, namespaces }: ReturnType<typeof createCimServer>, store: Store, methods: OutsideMethods) {
  const kept: RecordedExchange[] = [];
  const rules: RuleState[] = [];
  const listeners = new Set<(exchange: RecordedExchange) => void>();
  const restored: Snapshot[] = [];
  const seeded: SeedSource[] = [];
  let count = 0;
  const pathOf = (path: InstancePath | string) => {
    const read = typeof path === 'string' ? parseInstancePath(path) : path;
    return read.namespace === undefined ? read.inNamespace(NAMESPACE) : read;
  };
  const cim = {
    get: (path: InstancePath | string) => broker.getInstance(pathOf(path)),
    async put(instance: CimInstance) {
      await store.transaction((transaction) => transaction.put(instance));
      return instance.path as InstancePath;
    },
    async create(instance: CimInstance) {
      const path = instance.path as InstancePath;
      await store.transaction(async (transaction) => {
        if (await transaction.get(path)) throw new CimError('AlreadyExists', `There is already ${path}.`);
        await transaction.put(instance);
      });
      return path;
    },
    async change(path: InstancePath | string, change: (found: CimInstance) => CimInstance) {
      await store.transaction(async (transaction) => {
        const found = await transaction.get(pathOf(path));
        if (found === undefined) throw new CimError('NotFound', `There is no instance ${path}.`);
        await transaction.put(change(found));
      });
      return pathOf(path);
    },
    delete: (path: InstancePath | string) => store.transaction((transaction) => transaction.delete(pathOf(path))),
    async find(query: string) {
      if (!/^select /i.test(query)) throw new CimError('InvalidQuery', `'${query}' is no query.`);
      const cursor = await broker.openInstances(NAMESPACE, 'LAB_Part', { subclasses: true });
      return (await broker.pullInstances(cursor, 1000)).instances;
    },
    associators: () => Promise.resolve([]),
    invoke: (target: InstancePath | string, methodName: string, input: Readonly<Record<string, CimValue>> = {}) =>
      broker.invokeMethod({
        namespace: NAMESPACE,
        target: pathOf(target),
        methodName,
        input: new NameMap(Object.entries(input)),
      }),
  };
  const find = (filter: ExchangeFilter = {}) => {
    const { matches } = compileFilter(filter, () => false);
    return kept.filter(matches);
  };
  return {
    cim: cim as unknown as CimFace,
    ...{ kept, restored, seeded },
    async seed(sources: readonly SeedSource[]) {
      seeded.push(...sources);
    },
    power: () => 'on' as const,
    start: async () => undefined,
    async reset() {
      kept.length = 0;
      methods.clear('the endpoint was reset');
      return {};
    },
    snapshot: async (): Promise<Snapshot> => ({ format: 'cimulator-snapshot-1', schema: 'a', state: 'b', digest: 'c' }),
    async restore(snapshot: Snapshot) {
      if (snapshot.schema !== 'a')
        throw Object.assign(new Error('the snapshot is of another schema'), { name: 'SnapshotError', expected: true });
      restored.push(snapshot);
      return {};
    },
    requests: find,
    maskFilter: (filter: ExchangeFilter) => maskedFilter(filter, createSecretNames().isSecret),
    clearRequests: () => void kept.splice(0),
    waitForRequest: (filter: ExchangeFilter, { timeout = 5000, signal, knownNames = false }: WaitOptions = {}) =>
      new Promise<RecordedExchange>((resolve, reject) => {
        if (knownNames) refuseUnknownNames(filter, namespaces);
        const look = () => {
          const [first] = find(filter);
          if (first) resolve(first);
        };
        listeners.add(look);
        signal?.addEventListener('abort', () => reject(signal.reason));
        setTimeout(
          () => reject(Object.assign(new Error('1 request came:\n  Get'), { name: 'WaitError' })),
          timeout,
        ).unref();
        look();
      }),
    on(_event: 'exchange', listener: (exchange: RecordedExchange) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    addRule(rule: Rule): RuleState {
      if (JSON.stringify(rule).includes('Trun'))
        throw Object.assign(new Error("when.method: there is no method 'Trun'"), {
          ...{ name: 'RuleError', expected: true, place: 'when.method', nearest: 'Turn' },
        });
      const state = { ...rule, id: rule.id ?? `rule-${rules.length + 1}`, matched: 0, fired: 0, initial: false };
      rules.push(state);
      return state;
    },
    removeRule(rule: string | Pick<RuleState, 'id'>) {
      const at = rules.findIndex(({ id }) => id === rule);
      if (at >= 0) rules.splice(at, 1);
      return at >= 0;
    },
    rules: () => rules,
    record(exchange: Partial<RecordedExchange> = {}) {
      count += 1;
      const whole: RecordedExchange = {
        ...{ id: `call-${count}`, number: count, at: '2026-11-29T20:00:00.000Z', durationMs: 1, transport: 'http' },
        ...{ sealed: false, operation: 'Get', cimOperations: ['GetInstance'], outcome: 'answered', status: 200 },
        soap: () => ({ request: '<in/>', response: undefined }),
        ...exchange,
      };
      kept.push(whole);
      for (const listener of [...listeners]) listener(whole);
    },
  };
}

/** A fan of the lab. */
export function fan(id: number, label = 'a'): CimInstance {
  const path = new InstancePath({ namespace: NAMESPACE, className: 'LAB_Fan', keys: { Id: id } });
  return new CimInstance('LAB_Fan', Object.entries({ Id: id, Label: label }), path);
}
