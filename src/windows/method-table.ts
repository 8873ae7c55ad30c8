import type { CimValue } from '../cim/model/cim-value.js';

/** An object as WMI writes its path, relative to the namespace: `Win32_Service.Name="Spooler"`; a class's name for a static method. */
export type ObjectPathText = string;

/** Values by the names of properties or parameters. A text that begins with `$` stands for an output of the call: `$ProcessId`. */
export type TableValues = Readonly<Record<string, CimValue>>;

/** Built-in labs that tables are about. */
export type TableLab = 'two-servers' | 'storage-spaces';

/** A call of a method. */
export interface MethodCall {
  readonly method: string;
  readonly on: ObjectPathText;
  readonly input?: TableValues;
}

/** What stands for an object that a call has made, wherever a path is written: `$pool`. */
export type Kept = `$${string}`;

/**
 * What is arranged before the call: a stored instance gets values, appears or goes, or is tied to another; or another
 * method is called, answers 0, and what an output of it has is kept under a name; or one is begun that takes its time; or what is
 * associated with an object, and has some values, is kept under a name. */
export type Arrangement =
  | { readonly set: ObjectPathText; readonly to: TableValues }
  | { readonly add: ObjectPathText; readonly with?: TableValues }
  | { readonly remove: ObjectPathText }
  | { readonly tie: string; readonly ends: Readonly<Record<string, ObjectPathText>> }
  | { readonly call: MethodCall; readonly answers?: number; readonly keep?: Readonly<Record<Kept, string>> }
  | { readonly begin: MethodCall }
  | {
      readonly associatorsOf: ObjectPathText;
      readonly by: string;
      readonly having: TableValues;
      readonly keep: Kept;
    };

/** What is to be seen after a call that answered 0, by a fresh Get, by an association, or in the answer itself. */
export type Shown =
  | { readonly get: ObjectPathText; readonly has: TableValues }
  | { readonly gone: ObjectPathText }
  | { readonly associatorsOf: ObjectPathText; readonly by: string; readonly find: readonly ObjectPathText[] }
  | { readonly associatorsOf: ObjectPathText; readonly by: string; readonly miss: readonly ObjectPathText[] }
  | { readonly call: MethodCall; readonly answers: TableValues }
  | { readonly answers: TableValues };

/** The state and the call that lead to a code. */
export interface ReachedCode {
  readonly code: number;
  /** The call does not answer: it ends with a CIM error, whose HRESULT is the code. */
  readonly isError?: true;
  /** In words, for the page: `the service is disabled`. */
  readonly when: string;
  readonly given?: readonly Arrangement[];
  /** What the method is called on; that of the table when absent. */
  readonly on?: ObjectPathText;
  readonly input?: TableValues;
  /** At least one for the code 0, but of a method that only asks. */
  readonly shows?: readonly Shown[];
  /** What is done between the call and the look, for what takes effect at the next restart. */
  readonly then?: readonly Arrangement[];
}

/** A documented code that no state leads to. */
export interface UnreachedCode {
  readonly code: number;
  /** Why not, for the page. */
  readonly because: string;
}

/**
 * The documented codes of a method that does its work, and the state that leads to each. The page `docs/windows-methods.md` is written
 * from it, and a test reaches every code.
 */
export interface MethodTable {
  readonly namespace: string;
  readonly className: string;
  readonly method: string;
  /** An object of the lab that it is called on. */
  readonly on: ObjectPathText;
  /** The default one when absent. */
  readonly lab?: TableLab;
  /** What is arranged for all codes, before what is for one. */
  readonly given?: readonly Arrangement[];
  readonly codes: readonly (ReachedCode | UnreachedCode)[];
}

/** Whether a state leads to the code. */
export function isReached(row: ReachedCode | UnreachedCode): row is ReachedCode {
  return 'when' in row;
}

/** Codes that nothing leads to, each with the reason. */
export type Reasons = Readonly<Record<number, string>>;

/** Rows for all codes that have a reason and are not reached, behind those that are. */
export function withUnreached(reached: readonly ReachedCode[], reasons: Reasons): MethodTable['codes'] {
  const answered = new Set(reached.map(({ code }) => code));
  const others = Object.entries(reasons).map(([code, because]) => ({ code: Number(code), because }));
  return [...reached, ...others.filter(({ code }) => !answered.has(code))];
}
