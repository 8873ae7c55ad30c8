import type { CimOperationKind } from '../../cim/contracts/cim-operation.js';
import { NameMap } from '../../cim/model/name-map.js';
import { didYouMean } from '../../strings/nearest-name.js';
import { WSMAN_OPERATIONS, type WsmanOperationName } from '../../wsman/wsman-operation.js';

/** What a name of an operation stands for. */
export interface NamedOperation {
  /** As it is spelled where it comes from. */
  readonly name: string;
  /** The operation of WS-Man that carries it; undefined where none does and only the model is asked for it. */
  readonly wsman: WsmanOperationName | undefined;
  /** The CIM operations that are meant. */
  readonly kinds: readonly CimOperationKind[];
  /**
   * The message alone tells whether it is meant. Otherwise its operation of WS-Man stands for several, and one of `kinds` must be seen:
   * an Enumerate may lead to instances, to associations or to classes.
   */
  readonly byMessage: boolean;
}

type Meaning = Omit<NamedOperation, 'name'>;

const message = (wsman: WsmanOperationName, ...kinds: CimOperationKind[]): Meaning => ({
  wsman,
  kinds,
  byMessage: true,
});
const among = (wsman: WsmanOperationName | undefined, ...kinds: CimOperationKind[]): Meaning => ({
  wsman,
  kinds,
  byMessage: false,
});

const open = among('Enumerate', 'EnumerateInstances', 'FindInstances');
const pull = message('Pull', 'PullInstances');
const associated = among('Enumerate', 'Associators', 'AssociatorClasses');
const referring = among('Enumerate', 'References', 'ReferenceClasses');
const classes = among('Enumerate', 'EnumerateClasses');

/**
 * The names of DSP0223 (§7.4), those of DSP0200 (CIM-XML, which pywbem and WMI's people know), and the kinds of ours (decision 0014).
 * Names with `WithPath` and `Path(s)` differ in what the answer holds, not in what is asked.
 */
const STANDARD_NAMES: Readonly<Record<string, Meaning>> = {
  GetInstance: among('Get', 'GetInstance'),
  ModifyInstance: message('Put', 'ModifyInstance'),
  CreateInstance: message('Create', 'CreateInstance'),
  DeleteInstance: message('Delete', 'DeleteInstance'),
  InvokeMethod: message('Invoke', 'InvokeMethod'),
  InvokeStaticMethod: message('Invoke', 'InvokeMethod'),
  GetClass: among('Get', 'GetClass'),
  EnumerateInstances: open,
  EnumerateInstanceNames: open,
  OpenInstances: open,
  OpenClassInstances: open,
  OpenClassInstancesWithPath: open,
  OpenClassInstancePaths: open,
  OpenEnumerateInstances: open,
  OpenEnumerateInstancePaths: open,
  GetClassInstancesWithPath: open,
  GetClassInstancePaths: open,
  ExecQuery: open,
  OpenQueryInstances: open,
  Associators: associated,
  AssociatorNames: associated,
  OpenAssociators: associated,
  OpenAssociatorInstances: associated,
  OpenAssociatorInstancePaths: associated,
  OpenAssociatedInstancesWithPath: associated,
  OpenAssociatedInstancePaths: associated,
  GetAssociatedInstancesWithPath: associated,
  GetAssociatedInstancePaths: associated,
  AssociatorClasses: associated,
  References: referring,
  ReferenceNames: referring,
  OpenReferences: referring,
  OpenReferenceInstances: referring,
  OpenReferenceInstancePaths: referring,
  OpenReferencingInstancesWithPath: referring,
  OpenReferencingInstancePaths: referring,
  GetReferencingInstancesWithPath: referring,
  GetReferencingInstancePaths: referring,
  ReferenceClasses: referring,
  EnumerateClasses: classes,
  EnumerateClassNames: classes,
  PullInstances: pull,
  PullInstancesWithPath: pull,
  PullInstancePaths: pull,
  CloseEnumeration: message('Release'),
  CountInstances: among(undefined, 'CountInstances'),
  EnumerationCount: among(undefined, 'CountInstances'),
  FindInstances: among(undefined, 'FindInstances'),
};

const byName = new NameMap<NamedOperation>();
for (const name of WSMAN_OPERATIONS) byName.set(name, { name, ...message(name) });
for (const [name, meaning] of Object.entries(STANDARD_NAMES)) byName.set(name, { name, ...meaning });

/** What a name stands for, in any case of its letters; undefined for one that is no operation's. */
export function operationNamed(name: string): NamedOperation | undefined {
  return byName.get(name);
}

/** Says what is wrong with a name that is no operation's: `there is no operation 'Invok': did you mean 'Invoke'?` */
export function unknownOperationText(name: string): string {
  return `there is no operation '${name}'${didYouMean(name, byName.keys())}`;
}
