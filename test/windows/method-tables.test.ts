import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../src/cim/model/instance-path.js';
import { sameName } from '../../src/cim/model/name-map.js';
import { cimv2Providers } from '../../src/windows/cimv2-providers.js';
import type { Arrangement, MethodTable, ReachedCode, Shown, TableValues } from '../../src/windows/method-table.js';
import { isReached } from '../../src/windows/method-table.js';
import { methodTables } from '../../src/windows/method-tables.js';
import { standardProviders } from '../../src/windows/network/standard/standard-providers.js';
import { powerPlans } from '../../src/windows/power/power-plans.js';
import { remoteDesktopProviders } from '../../src/windows/remote-desktop/remote-desktop.js';
import { systemSecurity } from '../../src/windows/security/system-security.js';
import { smbShares } from '../../src/windows/smb/smb-shares.js';
import { storageProviders } from '../../src/windows/storage-management/storage-providers.js';
import { taskProviders } from '../../src/windows/tasks/scheduled-tasks.js';
import { tpm } from '../../src/windows/tpm/tpm.js';
import { encryptableVolumes } from '../../src/windows/volume-encryption/encryptable-volumes.js';
import { plain as plainValue } from '../support/plain-value.js';
import { createMachine, type Machine } from './machine.js';

/** What tables name, as values to compare: an instance by its properties, a datetime by its text. */
const plain = (values: TableValues) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainValue(value)]));

async function arrange(machine: Machine, step: Arrangement): Promise<void> {
  if ('call' in step) {
    const { method, on, input } = step.call;
    const answer = await machine.call(method, on, input);
    expect(answer.ReturnValue, `${method} on ${on}`).toBe(step.answers ?? 0);
    for (const [name, output] of Object.entries(step.keep ?? {})) keep(machine, name, answer[output]);
    return;
  }
  if ('begin' in step) {
    const { method, on, input } = step.begin;
    machine.call(method, on, input).catch(() => undefined);
    return;
  }
  if ('associatorsOf' in step) {
    const found = await machine.broker.associators(machine.path(step.associatorsOf), { associationClass: step.by });
    const isMeant = (one: CimInstance) => Object.entries(step.having).every(([name, value]) => one.get(name) === value);
    keep(machine, step.keep, found.find(isMeant));
    return;
  }
  await machine.store.transaction(async (store) => {
    if ('set' in step) {
      const before = await store.get(machine.path(step.set));
      if (!before) throw new Error(`${step.set} is not in the lab`);
      await store.put(before.with(step.to));
    } else if ('add' in step) {
      const path = machine.path(step.add);
      await store.put(new CimInstance(path.className, [...path.keys, ...Object.entries(step.with ?? {})], path));
    } else if ('tie' in step) {
      const ends = Object.entries(step.ends).map(([role, end]): [string, CimKeyValue] => [role, machine.path(end)]);
      const { namespace } = machine.path(step.tie);
      await store.put(
        new CimInstance(step.tie, ends, new InstancePath({ namespace, className: step.tie, keys: ends })),
      );
    } else {
      expect(await store.delete(machine.path(step.remove)), `${step.remove} is in the lab`).toBe(true);
    }
  });
}

/** Gives an object that a call has answered a name. */
function keep(machine: Machine, name: string, output: CimValue | undefined): void {
  const path = output instanceof CimInstance ? output.path : output;
  if (path instanceof InstancePath) machine.keep(name, path);
}

/** What a call answers is known by the names of its outputs. */
function keepAll(machine: Machine, answer: TableValues): void {
  for (const [name, output] of Object.entries(answer)) keep(machine, `$${name}`, output);
}

async function look(machine: Machine, shown: Shown, answer: TableValues): Promise<void> {
  if ('gone' in shown) {
    await expect(machine.broker.getInstance(machine.path(shown.gone)), shown.gone).rejects.toMatchObject({
      name: 'CimError',
    });
  } else if ('get' in shown) {
    const names = Object.keys(shown.has);
    const found = await machine.get(shown.get, ...names);
    expect(plain(Object.fromEntries(names.map((name, at) => [name, found[at] ?? null]))), shown.get).toEqual(
      plain(shown.has),
    );
  } else if ('associatorsOf' in shown) {
    const found = await machine.broker.associators(machine.path(shown.associatorsOf), { associationClass: shown.by });
    const paths = found.map(({ path }) => path?.canonical);
    const [texts, isFound] = 'find' in shown ? [shown.find, true] : [shown.miss, false];
    for (const text of texts)
      expect(paths.includes(machine.path(text).canonical), `${text} by ${shown.by}`).toBe(isFound);
  } else if ('call' in shown) {
    const { method, on, input } = shown.call;
    expect(plain(await machine.call(method, on, input))).toMatchObject(plain(shown.answers));
  } else {
    expect(plain(answer)).toMatchObject(plain(shown.answers));
  }
}

/** What a call answers, whose code it is; nothing of one that ends with an error. */
async function answerOf(call: Promise<TableValues>, { code, isError }: ReachedCode): Promise<TableValues> {
  if (isError) {
    await expect(call).rejects.toMatchObject({ hresult: code });
    return {};
  }
  const answer = await call;
  expect(answer.ReturnValue).toBe(code);
  return answer;
}

type Beginning = Pick<MethodTable, 'lab' | 'given'>;

/** The state that all codes of a table begin with. */
async function beginning({ lab, given }: Beginning): Promise<Machine> {
  const machine = await createMachine({}, lab);
  for (const step of given ?? []) await arrange(machine, step);
  return machine;
}

const shared = new Map<string, Map<Beginning['given'], Promise<Machine>>>();

/** One that nobody changes: calls that are refused leave it as it is. */
function sharedMachine({ lab = 'two-servers', given }: Beginning = {}): Promise<Machine> {
  const ofLab = shared.get(lab) ?? new Map<Beginning['given'], Promise<Machine>>();
  const known = ofLab.get(given) ?? beginning({ lab, ...(given && { given }) });
  shared.set(lab, ofLab.set(given, known));
  return known;
}

/** A job that begins. */
const JOB = 4096;
const changesNothing = ({ code, given }: ReachedCode) => ![0, JOB].includes(code) && given === undefined;

describe.each(methodTables.map((table) => [`${table.className}.${table.method}`, table] as const))(
  '%s',
  (_name, table) => {
    const reached = table.codes.filter(isReached);
    it.each(reached.map((one) => [one.code, one.when, one] as const))(
      'answers %i: %s',
      async (_code, _when, one: ReachedCode) => {
        const isShared = changesNothing(one);
        const machine = await (isShared ? sharedMachine(table) : beginning(table));
        for (const step of one.given ?? []) await arrange(machine, step);
        const answer = await answerOf(machine.call(table.method, one.on ?? table.on, one.input), one);
        keepAll(machine, answer);
        for (const step of one.then ?? []) await arrange(machine, step);
        for (const shown of one.shows ?? []) await look(machine, shown, answer);
        if (!isShared) await machine.close();
      },
    );

    it('has a row for each code that is documented', async () => {
      const { namespaces } = await sharedMachine();
      const { schema } = namespaces.getNamespace(table.namespace);
      const documented =
        schema.getClass(table.className).methods.get(table.method)?.qualifiers.get('ValueMap')?.value ?? [];
      // Of ranges, `22..4294967295` "Other", a table has what it reaches.
      const codes = (documented as readonly string[]).filter((code) => /^\d+$/.test(code)).map(Number);
      const rows = table.codes.map(({ code }) => code);
      expect(codes.filter((code) => !rows.includes(code))).toEqual([]);
    });

    it('is called on something of the lab', async () => {
      const { store, path } = await sharedMachine(table);
      const on = path(table.on);
      if (on.keys.size > 0 || on.isSingleton) expect(await store.get(on)).toBeDefined();
    });
  },
);

/** Methods without codes, which no table could have. */
const WITHOUT_CODES = [
  ...['CIM_LogicalFile.GetEffectivePermission', 'MSFT_StorageJob.GetExtendedStatus'],
  'Win32_PowerPlan.Activate',
];

describe('the tables', () => {
  it('have all methods that are provided', async () => {
    const { namespaces } = await sharedMachine();
    const provided = [
      ...[...cimv2Providers(), ...storageProviders(), ...standardProviders()],
      ...[
        ...remoteDesktopProviders(),
        powerPlans,
        smbShares,
        systemSecurity,
        tpm,
        encryptableVolumes,
        ...taskProviders(),
      ],
    ].flatMap(({ className, methods }) => Object.keys(methods).map((method) => ({ className, method })));
    const nameOf = ({ className, method }: (typeof provided)[number]) => `${className}.${method}`;
    /** A table is of a class, and its methods may be those of a superclass. */
    const isOf = (table: (typeof methodTables)[number], { className, method }: (typeof provided)[number]) =>
      sameName(table.method, method) && namespaces.getNamespace(table.namespace).schema.isA(table.className, className);
    const unprovided = methodTables.filter((table) => !provided.some((one) => isOf(table, one)));
    expect(unprovided.map(nameOf)).toEqual([]);
    const untold = provided.filter((one) => !methodTables.some((table) => isOf(table, one)));
    expect(untold.map(nameOf)).toEqual(WITHOUT_CODES);
  });
});
