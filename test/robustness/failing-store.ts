import type { InstanceStore, InstanceTransaction } from '../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { InstancePath } from '../../src/cim/model/instance-path.js';

/** Calls that a store cannot fail in: nothing is asked of what it holds. */
const FREE: readonly PropertyKey[] = ['close', 'discard', 'then', 'version', 'changes'];

export interface FailingStore {
  readonly store: InstanceStore;
  /** From now on the n-th call throws, once: each read, each single write, and the commit count. 0: none. */
  failAt(call: number, error: Error): void;
  /** Whether it has. */
  readonly hasFailed: boolean;
}

/** A store that fails when it is told to. What was written one by one before stays where it is: in the transaction. */
export function failingStore(inner: InstanceStore): FailingStore {
  let left = 0;
  let failure = new Error('not set');
  let hasFailed = false;

  function step(): void {
    if (left === 0) return;
    left -= 1;
    if (left > 0) return;
    hasFailed = true;
    throw failure;
  }

  const members = {
    async *scan(target: InstanceTransaction, namespace: string, className: string) {
      step();
      yield* target.scan(namespace, className);
    },
    async putMany(target: InstanceTransaction, instances: readonly CimInstance[]) {
      for (const instance of instances) {
        step();
        await target.put(instance);
      }
    },
    async deleteMany(target: InstanceTransaction, paths: readonly InstancePath[]) {
      for (const path of paths) {
        step();
        await target.delete(path);
      }
    },
    transaction(target: InstanceStore, ...[work, origin]: Parameters<InstanceStore['transaction']>) {
      const failing = async (each: InstanceTransaction, attempt: number) => {
        const result = await work(wrap(each), attempt);
        step();
        return result;
      };
      return target.transaction(failing, origin);
    },
  };

  function wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get(_, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        if (FREE.includes(name)) return member.bind(target);
        const own = members[name as keyof typeof members] as ((...args: unknown[]) => unknown) | undefined;
        if (own !== undefined) return own.bind(members, target);
        return async (...args: unknown[]) => {
          step();
          return member.apply(target, args);
        };
      },
    });
  }

  return {
    store: wrap(inner),
    failAt(call, error) {
      left = call;
      failure = error;
      hasFailed = false;
    },
    get hasFailed() {
      return hasFailed;
    },
  };
}
