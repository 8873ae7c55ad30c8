import type { LongWork } from '../../cim/long-work.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { QueryPlace } from '../../query/system-property.js';
import { classOptions } from '../header/class-options.js';
import { hasOption } from '../header/option-set.js';
import type { OperationContext, OperationRequest } from '../operation.js';
import type { EnumerateRequest } from './enumerate-request.js';
import type { EnumerationState, FilterText, InstanceShape } from './enumeration-state.js';

/** An Enumerate on its way to an {@link EnumerationState}. */
export interface Opening {
  readonly enumerate: EnumerateRequest;
  readonly request: OperationRequest;
  readonly context: OperationContext;
  /** What there may be much of is gone through in slices of it. */
  readonly work: LongWork;
}

/** What there is to enumerate. */
interface Contents {
  readonly pending?: readonly string[];
  readonly cursor?: EnumerationState['cursor'];
  readonly filter?: FilterText;
}

/** An enumeration of instances at its beginning. `choice` is what of them is written, and as what. */
export function instancesState(
  { enumerate, request }: Opening,
  { pending = [], cursor, filter }: Contents,
  choice: Partial<InstanceShape> = {},
): EnumerationState {
  const { resource, header } = request;
  return {
    namespace: resource.space.name,
    shape: {
      kind: 'instances',
      mode: enumerate.mode,
      uri: resource.uri,
      family: resource.family,
      preciseArrays: hasOption(header.options, 'msftwinrm:UsePreciseArrays'),
      ...choice,
    },
    pending,
    position: 0,
    partItems: 0,
    cursor,
    filter,
    total: cursor ? undefined : pending.length,
  };
}

/** An enumeration of class declarations at its beginning. Those that the caller may not read are left out as they are written. */
export function classesState({ enumerate, request }: Opening, names: readonly string[]): EnumerationState {
  return {
    namespace: request.resource.space.name,
    shape: { kind: 'classes', mode: enumerate.mode, options: classOptions(request.header.options) },
    pending: names,
    position: 0,
    partItems: 0,
    total: names.length,
  };
}

/** The class as which every instance is written: the enumerated one when its subclasses are to look like it. */
export function writtenAs(className: string, { enumerate }: Opening): string | undefined {
  return enumerate.polymorphism === 'ExcludeSubClassProperties' ? className : undefined;
}

/** Where the queries of a request run. */
export function placeOf({ space }: OperationRequest['resource'], { facts }: OperationContext): QueryPlace {
  return { namespace: space.name, server: facts.machine };
}

/** The texts under which instances wait for their turn. */
export function pathsOf(instances: readonly CimInstance[], { work }: Opening): Promise<readonly string[]> {
  return work.map(instances, ({ path }) => String(path));
}
