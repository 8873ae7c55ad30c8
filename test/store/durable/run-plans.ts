import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import type { InstanceStore, InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import { StoreError } from '../../../src/cim/contracts/store-error.js';
import type { StoredCommit } from '../../../src/store/durable/backend.js';
import type { MemoryPlace } from './memory-place.js';
import { instanceOf, type Plain, readInPlain, readInStore, stepInPlain, stepInStore } from './plain-model.js';
import { CLASSES, IDS, type Look, type Plan, type Reading } from './plans.js';

/** What came of a plan or a look, and when: numbers of commits that were there for sure before it, and at most at its end. */
interface Ran {
  readonly earliest: number;
  latest: number;
  error: unknown;
}

interface RanPlan extends Ran {
  readonly id: string;
  readonly plan: Plan;
  /** Answers to the steps of the last attempt. */
  answers: unknown[];
}

interface RanLook extends Ran {
  readonly look: Look;
  answer: unknown;
}

const PLANNED = new RangeError('planned');

async function pause(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await setImmediate();
}

/** Runs plans and looks at the same time on stores of one place, and checks that all was as if one had followed the other. */
export class PlanRunner {
  readonly #place: MemoryPlace;
  readonly #plans: RanPlan[] = [];
  readonly #looks: RanLook[] = [];
  /** All that is committed as far as anybody was told. */
  #acknowledged = 0;
  #count = 0;

  constructor(place: MemoryPlace) {
    this.#place = place;
  }

  async run(stores: readonly InstanceStore[], plans: readonly Plan[], looks: readonly Look[]): Promise<void> {
    const storeOf = (number: number) => stores[number % stores.length] as InstanceStore;
    await Promise.all([
      ...plans.map((plan) => this.#runPlan(storeOf(plan.store), plan)),
      ...looks.map((look) => this.#look(storeOf(look.store), look)),
    ]);
  }

  async #runPlan(store: InstanceStore, plan: Plan): Promise<void> {
    await pause(plan.begins);
    this.#count += 1;
    const id = `${this.#count}`;
    const ran: RanPlan = { id, plan, earliest: this.#acknowledged, latest: 0, error: undefined, answers: [] };
    try {
      await store.transaction((transaction) => runSteps(transaction, ran), { id, user: undefined });
    } catch (error) {
      ran.error = error;
    }
    ran.latest = this.#place.history.length;
    const version = this.#place.history.find(({ origin }) => origin?.id === id)?.version ?? 0;
    if (ran.error === undefined) this.#acknowledged = Math.max(this.#acknowledged, version);
    this.#plans.push(ran);
  }

  async #look(store: InstanceStore, look: Look): Promise<void> {
    await pause(look.begins);
    const ran: RanLook = { look, earliest: this.#acknowledged, latest: 0, error: undefined, answer: undefined };
    try {
      ran.answer = await readInStore(store, look.reading);
    } catch (error) {
      ran.error = error;
    }
    ran.latest = this.#place.history.length;
    this.#looks.push(ran);
  }

  /** Checks that there was an order, and that each knew what it was to know. Returns what is there in the end. */
  check(): Plain {
    const states = this.#replay();
    for (const ran of this.#plans) this.#checkPlan(ran, states);
    for (const { look, answer, error, earliest, latest } of this.#looks) {
      if (error) expect(error).toMatchObject({ name: 'StoreError', kind: 'unavailable' });
      else {
        const answers = states.slice(earliest, latest + 1).map((state) => readInPlain(new Map(state), look.reading));
        expect(answers).toContainEqual(answer);
      }
    }
    return states.at(-1) ?? new Map();
  }

  /** The state after each commit; each read of one that committed was of the state before. */
  #replay(): Plain[] {
    const states: Plain[] = [new Map()];
    for (const commit of this.#place.history) {
      const ran = this.#plans.find(({ id }) => id === commit.origin?.id);
      if (!ran) throw new Error('a commit that nobody asked for');
      const before = states.at(-1) as Plain;
      const after: Plain = new Map(before);
      expect(ran.answers).toEqual(expectedAnswers(ran, after, before));
      expect(commit.version).toBeGreaterThan(ran.earliest);
      expectChanges(commit, before, after);
      states.push(after);
    }
    return states;
  }

  #checkPlan(ran: RanPlan, states: readonly Plain[]): void {
    const { id, plan, error, answers, earliest, latest } = ran;
    const commits = this.#place.history.filter(({ origin }) => origin?.id === id).length;
    expect(commits).toBeLessThanOrEqual(1);
    if (error instanceof StoreError && error.kind === 'unavailable') return;
    // What was refused is not there, what is there was acknowledged.
    if (commits === 1) expect(error).toBeUndefined();
    else if (error instanceof StoreError) expect(['conflict', 'full']).toContain(error.kind);
    else expect(error).toBe(plan.fails ? PLANNED : undefined);
    if (commits === 1 || error instanceof StoreError) return;
    const fitting = states.slice(earliest, latest + 1).filter((state) => {
      const after: Plain = new Map(state);
      const isSame = JSON.stringify(expectedAnswers(ran, after, state)) === JSON.stringify(answers);
      return isSame && (plan.fails || isWithoutChange(plan, state));
    });
    if (fitting.length === 0)
      expect({ id, plan, answers, states: states.slice(earliest, latest + 1) }).toBe('possible');
  }
}

async function runSteps(transaction: InstanceTransaction, ran: RanPlan): Promise<void> {
  const answers: Promise<unknown>[] = [];
  if (ran.plan.claims) await transaction.claim();
  for (const { step, rounds } of ran.plan.steps) {
    const answer = stepInStore(transaction, step);
    answer.catch(() => undefined);
    answers.push(answer);
    if (rounds > 0 || step.kind === 'walk') await answer;
    await pause(rounds - 1);
  }
  ran.answers = await Promise.all(answers);
  if (ran.plan.fails) throw PLANNED;
}

/** What a store has to answer when it was in a state. */
function expectedAnswers({ plan, answers }: RanPlan, plain: Plain, before: Plain): unknown[] {
  return plan.steps.map(({ step }, at) => {
    const answer = stepInPlain(plain, before, step);
    // Of values without a key that are being written over a transaction need not know.
    return step.kind === 'findEqual' && answers[at] === 'unkeyed' ? 'unkeyed' : answer;
  });
}

/** Whether a plan ends without anything to commit. */
function isWithoutChange({ steps }: Plan, state: Plain): boolean {
  if (steps.some(({ step }) => step.kind === 'discard')) return true;
  if (steps.some(({ step }) => step.kind === 'clear')) return false;
  const after: Plain = new Map(state);
  for (const { step } of steps) stepInPlain(after, state, step);
  return after.size === state.size && [...after].every(([name, one]) => state.get(name) === one);
}

function expectChanges({ isCleared, changes }: StoredCommit, before: Plain, after: Plain): void {
  const name = (found: { readonly className: string; get(property: string): unknown } | undefined) =>
    found && `${found.className}.${found.get('Id')}`;
  const told = new Map(changes.map((change) => [name(change.after ?? change.before), change.after]));
  expect(told.size).toBe(changes.length);
  for (const [path, one] of after) {
    if (isCleared || before.get(path) !== one) expect(told.get(path)).toEqual(instanceOf(one));
  }
  if (!isCleared) for (const path of before.keys()) if (!after.has(path)) expect([...told.keys()]).toContain(path);
}

/** That a store knows what is there, at whatever way it is asked, and gives the same object each time. */
export async function expectToKnow(store: InstanceStore, plain: Plain): Promise<void> {
  const readings: Reading[] = CLASSES.flatMap((className) => [
    { kind: 'getMany', places: IDS.map((id) => ({ className, id })) } as const,
    { kind: 'scan', classNames: [className] } as const,
    { kind: 'count', classNames: [className] } as const,
    { kind: 'findEqual', className, note: 1 } as const,
    ...IDS.map((id) => ({ kind: 'referencing', place: { className, id }, role: undefined }) as const),
  ]);
  for (const id of IDS) readings.push({ kind: 'findByKeys', id });
  readings.push({ kind: 'isEmpty' }, { kind: 'walk', classNames: CLASSES, limit: 2 });
  for (const reading of readings) expect(await readInStore(store, reading)).toEqual(readInPlain(plain, reading));
  for (const one of await store.all()) if (one.path) expect(await store.get(one.path)).toBe(await store.get(one.path));
}
