/** One thing that a specification asks of a server. */
export interface Requirement<Id extends string = string> {
  /** Stable name: `area:subject[:aspect]`. */
  readonly id: Id;
  /** Where it is said. */
  readonly clause: string;
  /** What the server does, in our words. */
  readonly behaviour: string;
  readonly level: 'must' | 'should';
  /** Why nothing here meets it yet; no test may claim it. */
  readonly deferred?: string;
}

export function must<const Id extends string>(id: Id, clause: string, behaviour: string): Requirement<Id> {
  return { id, clause, behaviour, level: 'must' };
}

export function should<const Id extends string>(id: Id, clause: string, behaviour: string): Requirement<Id> {
  return { id, clause, behaviour, level: 'should' };
}

export function deferred<Id extends string>(requirement: Requirement<Id>, why: string): Requirement<Id> {
  return { ...requirement, deferred: why };
}
