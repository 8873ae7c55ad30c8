import { expect } from 'vitest';
import type { InstanceStore } from '../../src/cim/contracts/instance-store.js';
import type { InstanceRules, Provider } from '../../src/cim/contracts/provider.js';
import { createUuidSource } from '../../src/cim/contracts/uuid-source.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { CimStatus, type CimStatusName } from '../../src/cim/model/cim-status.js';
import { type CimValue, isCimArray } from '../../src/cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import type { Schema } from '../../src/cim/schema/schema.js';
import { compileMof } from '../../src/mof/compile-mof.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';
import { type CimServer, createCimServer } from '../support/cim-server.js';

export const namespace = 'root/volumes';

const MOF = `
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride);
Qualifier Association : boolean = false, Scope(association), Flavor(DisableOverride);
Qualifier Indication : boolean = false, Scope(class, indication), Flavor(DisableOverride);
Qualifier Abstract : boolean = false, Scope(class, association, indication), Flavor(Restricted);
Qualifier Write : boolean = false, Scope(property, reference);
Qualifier EmbeddedInstance : string = NULL, Scope(property, method, parameter);
Qualifier Override : string = NULL, Scope(property, method, reference), Flavor(Restricted);

class Setting { [Key] string InstanceID; string Note; };
class FineSetting : Setting { uint8 Grain; };
class Report { string Text; };

[Abstract] class Device { [Key] string Name; };
class Volume : Device {
  [Write] string Label;
  uint64 Size = 4096;
  uint16 State = 2;
  real64 Load;
  datetime Made;
  uint16 Codes[];
  [EmbeddedInstance("Setting")] string Wanted;
};
class ThinVolume : Volume { uint64 Used; };
class Host { [Key] string Domain; [Key] string Name; [Key] uint16 Port; string Label; };
[Indication] class Alarm { [Key] string Id; };

[Association] class Uses { [Key] Host REF Antecedent; [Key] Volume REF Dependent; uint16 Rank; };
[Association] class Copy { [Key] string Id; Volume REF Source; Volume REF Target; [Write] string Note; };
[Association] class UsesOften : Uses { };
`;

export function createVolumeSchema(): Schema {
  const { namespaces } = compileMof([{ file: 'volumes.mof', text: MOF }], {
    defaultNamespace: namespace,
    readInclude: (path) => {
      throw new Error(`${path} is not there`);
    },
  });
  const found = namespaces.get(namespace);
  if (!found) throw new Error('the classes are in no namespace');
  return found.schema;
}

type Values = Readonly<Record<string, CimValue>>;

export function pathOf(className: string, keys: Readonly<Record<string, CimKeyValue>>): InstancePath {
  return new InstancePath({ namespace, className, keys });
}

export const volumePath = (name: string, className = 'Volume') => pathOf(className, { Name: name });
export const copyPath = (id: string) => pathOf('Copy', { Id: id });
export const hostPath = (name: string) => pathOf('Host', { Domain: 'lab', Name: name, Port: 3260 });
export const usesPath = (host: string, volume: InstancePath, className = 'Uses') =>
  pathOf(className, { Antecedent: hostPath(host), Dependent: volume });

/** As a client would send it: without a path. */
export function instance(className: string, values: Values): CimInstance {
  return new CimInstance(className, Object.entries(values));
}

export function stored(path: InstancePath, values: Values = {}): CimInstance {
  return new CimInstance(path.className, [...path.keys, ...Object.entries(values)], path);
}

export function changes(values: Values): NameMap<CimValue> {
  return new NameMap(Object.entries(values));
}

export const failing = (status: CimStatusName) =>
  expect.objectContaining({ name: 'CimError', status: CimStatus[status] });

export interface VolumeLab extends CimServer {
  readonly store: InstanceStore;
  readonly schema: Schema;
  add(...instances: readonly CimInstance[]): Promise<void>;
  /** Everything the store holds, as text: equal when nothing has changed. */
  dump(): Promise<string[]>;
}

export async function createVolumeLab(
  instances: readonly CimInstance[] = [],
  rules: Readonly<Record<string, InstanceRules>> = {},
): Promise<VolumeLab> {
  const store = createMemoryStore();
  const schema = createVolumeSchema();
  const providers: Provider[] = Object.entries(rules).map(([className, each]) => ({
    className,
    methods: {},
    instances: each,
  }));
  const server = createCimServer({
    namespaces: [{ name: namespace, schema, providers }],
    store,
    newUuid: createUuidSource(3),
  });
  const add = (...all: readonly CimInstance[]) =>
    store.transaction(async (transaction) => {
      for (const each of all) await transaction.put(each);
    });
  await add(...instances);
  return {
    ...server,
    store,
    schema,
    add,
    async dump() {
      const texts: string[] = [];
      for (const { name } of schema.classes) {
        for await (const each of store.scan(namespace, name)) texts.push(describeInstance(each));
      }
      return texts;
    },
  };
}

function describeInstance({ path, properties }: CimInstance): string {
  return `${String(path)} {${[...properties].map(([name, value]) => `${name}=${describeValue(value)}`).join('; ')}}`;
}

function describeValue(value: CimValue): string {
  return isCimArray(value) ? `{${value.map(String).join(', ')}}` : String(value);
}
