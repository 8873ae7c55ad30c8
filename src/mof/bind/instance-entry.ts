import type { CimClass } from '../../cim/model/cim-class.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import type { NameMap } from '../../cim/model/name-map.js';
import type { AssignmentSyntax, InstanceSyntax } from '../syntax/syntax.js';
import type { WindowsNames } from '../windows/windows-names.js';

/** How far the making of something has come; `failed` when it cannot be made, which has been reported. */
export type Progress<T> =
  | { readonly state: 'untouched' | 'underway' | 'failed' }
  | { readonly state: 'done'; readonly value: T };

/** An instance with its class found and its properties matched to the class. */
export interface OpenInstance {
  readonly cimClass: CimClass;
  readonly assignments: NameMap<AssignmentSyntax>;
}

/** An instance of the text on its way to become one of the model. */
export interface InstanceEntry {
  readonly syntax: InstanceSyntax;
  readonly namespace: string | undefined;
  /** What is there without a declaration; undefined in texts of DMTF's dialect. */
  readonly windows: WindowsNames | undefined;
  /** Properties that its class had when it was read, and has lost since. */
  dropped: NameMap<true> | undefined;
  opened: Progress<OpenInstance>;
  /** Needs the key properties only, so that instances may refer to each other in a circle. */
  path: Progress<InstancePath>;
  instance: Progress<CimInstance>;
  /** How many references stand in keys of references, from this instance on down. */
  height: number;
  /** True when it is the value of a property of another instance. */
  isEmbedded: boolean;
  /** True when its value has been found to depend on itself. */
  isCircular: boolean;
}

export function createEntry(
  syntax: InstanceSyntax,
  namespace: string | undefined,
  windows?: WindowsNames,
): InstanceEntry {
  const untouched = { state: 'untouched' } as const;
  return {
    syntax,
    namespace,
    windows,
    dropped: undefined,
    opened: untouched,
    path: untouched,
    instance: untouched,
    height: 0,
    isEmbedded: false,
    isCircular: false,
  };
}
