import type { ErrorList } from '../error-list.js';
import type { PathContext } from './bind-path.js';
import type { InstanceEntry } from './instance-entry.js';

/** What binding of instances needs to know of the compilation. */
export interface InstanceContext extends PathContext {
  readonly errors: ErrorList;
  /** The instance that an alias stands for; `class` for the alias of a class; undefined when there is none. */
  findAlias(name: string): InstanceEntry | 'class' | undefined;
  /** True when declarations may be missing because of errors reported before. */
  readonly incomplete: boolean;
  readonly allowQuotedIntegers: boolean;
}

/** Reports an error in an instance; at its class name unless told otherwise. */
export function failInstance(
  { errors }: InstanceContext,
  { syntax }: InstanceEntry,
  message: string,
  at = syntax.className.at,
): undefined {
  errors.add(syntax.source.errorAt(at, message));
  return undefined;
}
