import type { InstanceReader, InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { collect, instance, namespace, path } from '../instance-builders.js';
import type { Place, Reading, Step, Written } from './plans.js';

/** What a store holds, by class and key, oldest first. */
export type Plain = Map<string, Written>;

const nameOf = ({ className, id }: Place) => `${className}.${id}`;
const textOf = (one: Written) => `${nameOf(one)}=${one.note ?? '[]'}${one.of ? `>${nameOf(one.of)}` : ''}`;

export function instanceOf({ className, id, note, of }: Written): CimInstance {
  return instance(className, id, { Note: note ?? [1], ...(of && { Of: path(of.className, of.id) }) });
}

function textOfInstance(found: CimInstance): string {
  const [note, of] = [found.get('Note'), found.get('Of')];
  const target = of instanceof InstancePath ? `>${of.className}.${of.keys.get('Id')}` : '';
  return `${found.className}.${found.get('Id')}=${typeof note === 'number' ? note : '[]'}${target}`;
}

/** Does a step to a model, and gives what a store answers to it. */
export function stepInPlain(plain: Plain, before: Plain, step: Step): unknown {
  switch (step.kind) {
    case 'putMany':
      for (const one of step.written) plain.set(nameOf(one), one);
      return undefined;
    case 'delete':
      return plain.delete(nameOf(step.place));
    case 'deleteMany':
      for (const place of step.places) plain.delete(nameOf(place));
      return undefined;
    case 'clear':
      plain.clear();
      return undefined;
    case 'discard':
      plain.clear();
      for (const [name, one] of before) plain.set(name, one);
      return undefined;
    default:
      return readInPlain(plain, step);
  }
}

export function readInPlain(plain: Plain, reading: Reading): unknown {
  const all = [...plain.values()];
  const texts = (keep: (one: Written) => boolean) => all.filter(keep).map(textOf);
  switch (reading.kind) {
    case 'getMany':
      return reading.places.map((place) => {
        const found = plain.get(nameOf(place));
        return found ? textOf(found) : '-';
      });
    case 'findByKeys':
      return texts(({ id }) => id === reading.id).sort();
    case 'count':
      return reading.classNames.map((name) => texts(({ className }) => className === name).length);
    case 'scan':
    case 'walk':
      return reading.classNames.flatMap((name) => texts(({ className }) => className === name));
    case 'referencing':
      return texts(({ of }) => of !== null && nameOf(of) === nameOf(reading.place) && reading.role !== 'Other').sort();
    case 'findEqual': {
      const ofClass = all.filter(({ className }) => className === reading.className);
      if (ofClass.some(({ note }) => note === null)) return 'unkeyed';
      return texts(({ className, note }) => className === reading.className && note === reading.note).sort();
    }
    case 'isEmpty':
      return plain.size === 0;
  }
}

/** Asks a store. That a value without a key is being replaced may still keep it from looking up: then the answer is as good. */
export async function readInStore(reader: InstanceReader, reading: Reading): Promise<unknown> {
  switch (reading.kind) {
    case 'getMany': {
      const found = await reader.getMany(reading.places.map(({ className, id }) => path(className, id)));
      return found.map((one) => (one ? textOfInstance(one) : '-'));
    }
    case 'findByKeys': {
      const found = await reader.findByKeys(namespace, path('Disk', reading.id).canonicalKeys);
      return found.map(textOfInstance).sort();
    }
    case 'count':
      return reader.count(namespace, reading.classNames);
    case 'scan': {
      const scans = reading.classNames.map((name) => collect(reader.scan(namespace, name)));
      return (await Promise.all(scans)).flat().map(textOfInstance);
    }
    case 'walk':
      return walk(reader, reading.classNames, reading.limit);
    case 'referencing': {
      const { className, id } = reading.place;
      const found = await reader.referencing(path(className, id), { role: reading.role });
      return found.map(textOfInstance).sort();
    }
    case 'findEqual': {
      const found = await reader.findEqual(namespace, [reading.className], 'Note', reading.note);
      return found?.map(textOfInstance).sort() ?? 'unkeyed';
    }
    case 'isEmpty':
      return reader.isEmpty();
  }
}

export function stepInStore(transaction: InstanceTransaction, step: Step): Promise<unknown> {
  switch (step.kind) {
    case 'putMany':
      return transaction.putMany(step.written.map(instanceOf));
    case 'delete':
      return transaction.delete(path(step.place.className, step.place.id));
    case 'deleteMany':
      return transaction.deleteMany(step.places.map(({ className, id }) => path(className, id)));
    case 'clear':
      return transaction.clear();
    case 'discard':
      transaction.discard();
      return Promise.resolve();
    default:
      return readInStore(transaction, step);
  }
}

async function walk(reader: InstanceReader, classNames: readonly string[], limit: number): Promise<string[]> {
  const asOf = await reader.mark();
  const seen: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await reader.page(namespace, classNames, { asOf, after, limit });
    seen.push(...page.instances.map(textOfInstance));
    if (page.next === undefined) return seen;
    after = page.next;
  }
}
