import type { CimClass } from '../model/cim-class.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { CimValue } from '../model/cim-value.js';
import type { InstancePath } from '../model/instance-path.js';
import type { NameMap } from '../model/name-map.js';

/** Which classes EnumerateClasses returns. */
export interface ClassSelection {
  /** The subclasses of this class; of no class, which are the roots, when absent. */
  readonly className?: string | undefined;
  /** Subclasses at any distance, not only the direct ones. */
  readonly deep: boolean;
  /** The class itself is among them. DSP0223 never has it so; a class query does. */
  readonly inclusive?: boolean | undefined;
}

/** Which associations to follow, and which far ends to return (DSP0223 §7.4.14, §7.4.16). Absent: any. */
export interface AssociationFilter {
  /** The association's class or a superclass of it. */
  readonly associationClass?: string | undefined;
  /** The class of the far end or a superclass of it. */
  readonly resultClass?: string | undefined;
  /** The reference property that holds the path. */
  readonly role?: string | undefined;
  /** The reference property that holds the far end. */
  readonly resultRole?: string | undefined;
  /** A qualifier that the association's class has, with a value other than FALSE (WQL's RequiredAssocQualifier). */
  readonly associationQualifier?: string | undefined;
  /** The exact classes of associations that may be followed. */
  readonly onlyAssociations?: readonly string[] | undefined;
}

/**
 * Where an enumeration stands: plain JSON data that any process with the same store can go on from. It holds no
 * instances.
 */
export interface InstanceCursor {
  readonly namespace: string;
  /** The classes that had instances when the enumeration began. */
  readonly classNames: readonly string[];
  /** The store's position among the instances of these classes; absent at the beginning. */
  readonly after?: string | undefined;
  /** The store's mark of the beginning. */
  readonly asOf: string;
}

/** Some instances of an enumeration. */
export interface InstanceBatch {
  readonly instances: readonly CimInstance[];
  /** Undefined when these were the last. */
  readonly next: InstanceCursor | undefined;
}

/** What a method gave back. */
export interface InvokeMethodResult {
  readonly returnValue: CimValue;
  /** Output parameters by name; those that are missing are NULL. */
  readonly outputs: NameMap<CimValue>;
}

/**
 * The CIM operations of DSP0223, each with what is asked, as plain data that can be matched, recorded, replayed and
 * counted, and what is answered. Paths have their namespace.
 */
export interface CimOperations {
  /** §7.4.18. @throws CimError InvalidNamespace, NotFound */
  readonly GetClass: { readonly asks: { namespace: string; className: string }; readonly answers: CimClass };
  /** §7.4.19: every class after its superclass. @throws CimError InvalidNamespace, InvalidClass */
  readonly EnumerateClasses: {
    readonly asks: { namespace: string } & ClassSelection;
    readonly answers: readonly CimClass[];
  };
  /** §7.4.1. @throws CimError InvalidNamespace, InvalidClass, NotFound */
  readonly GetInstance: { readonly asks: { path: InstancePath }; readonly answers: CimInstance };
  /** §7.4.5: begins a walk over the instances of a class. @throws CimError InvalidNamespace, InvalidClass */
  readonly EnumerateInstances: {
    readonly asks: { namespace: string; className: string; subclasses: boolean };
    readonly answers: InstanceCursor;
  };
  /** §7.4.9: at most `limit` instances from the cursor on. */
  readonly PullInstances: { readonly asks: { cursor: InstanceCursor; limit: number }; readonly answers: InstanceBatch };
  /** About how many instances the whole walk of a cursor shows (§7.4.12 has it as EnumerationCount of CIM-XML). */
  readonly CountInstances: { readonly asks: { cursor: InstanceCursor }; readonly answers: number };
  /**
   * The instances of a class and its subclasses whose properties have these values, when keys or an index find them;
   * undefined when only a walk can.
   *
   * @throws CimError InvalidNamespace, InvalidClass, NoSuchProperty
   */
  readonly FindInstances: {
    readonly asks: { namespace: string; className: string; equalities: NameMap<CimValue> };
    readonly answers: readonly CimInstance[] | undefined;
  };
  /** §7.4.14: the instances at the other ends of the path's associations. @throws CimError NotFound, InvalidClass */
  readonly Associators: {
    readonly asks: { path: InstancePath; filter: AssociationFilter };
    readonly answers: readonly CimInstance[];
  };
  /** §7.4.16: the association instances that refer to the path. @throws CimError NotFound, InvalidClass */
  readonly References: {
    readonly asks: { path: InstancePath; filter: AssociationFilter };
    readonly answers: readonly CimInstance[];
  };
  /** The classes at the other ends of the associations that are declared for the path's class. */
  readonly AssociatorClasses: {
    readonly asks: { path: InstancePath; filter: AssociationFilter };
    readonly answers: readonly CimClass[];
  };
  /** The associations that are declared for the path's class. */
  readonly ReferenceClasses: {
    readonly asks: { path: InstancePath; filter: AssociationFilter };
    readonly answers: readonly CimClass[];
  };
  /**
   * §7.4.2: stores a new instance, all or nothing.
   *
   * @throws CimError InvalidNamespace, InvalidClass, NotSupported, NoSuchProperty, TypeMismatch, InvalidParameter,
   *   AlreadyExists
   */
  readonly CreateInstance: {
    readonly asks: { namespace: string; instance: CimInstance };
    readonly answers: InstancePath;
  };
  /**
   * §7.4.4: gives properties of an instance new values, all or nothing, and leaves the others. The answer is the instance
   * as it is then; undefined for a caller who may not read it.
   *
   * @throws CimError InvalidNamespace, InvalidClass, NotFound, NotSupported, NoSuchProperty, TypeMismatch,
   *   InvalidParameter
   */
  readonly ModifyInstance: {
    readonly asks: { path: InstancePath; changes: NameMap<CimValue> };
    readonly answers: CimInstance | undefined;
  };
  /** §7.4.3. @throws CimError InvalidNamespace, InvalidClass, NotFound, NotSupported, Failed when something refers to it */
  readonly DeleteInstance: { readonly asks: { path: InstancePath }; readonly answers: undefined };
  /**
   * §7.4.29, and §7.4.30 for a static method: the target is the instance, or for a static method its class alone, a path
   * without keys. `input` has typed values by parameter name.
   *
   * @throws CimError when the call itself is wrong; a method's own failure is its ReturnValue
   */
  readonly InvokeMethod: {
    readonly asks: { target: InstancePath; method: string; input: NameMap<CimValue> };
    readonly answers: InvokeMethodResult;
  };
}

export type CimOperationKind = keyof CimOperations;

/** The operation of a kind. */
export type CimOperationOf<K extends CimOperationKind> = {
  readonly [One in K]: Readonly<{ kind: One } & CimOperations[One]['asks']>;
}[K];

/** What the operation of a kind answers. */
export type CimResultOf<K extends CimOperationKind> = CimOperations[K]['answers'];

/** Any CIM operation; `kind` tells which. */
export type CimOperation = CimOperationOf<CimOperationKind>;

/** What any CIM operation answers. */
export type CimResult = CimResultOf<CimOperationKind>;
