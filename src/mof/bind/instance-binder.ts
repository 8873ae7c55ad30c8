import { booleanQualifier, type CimClass, type CimProperty } from '../../cim/model/cim-class.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimType, describeType } from '../../cim/model/cim-type.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import { mofLimits } from '../mof-limits.js';
import { SourceText } from '../mof-source.js';
import { parseSingleObject } from '../syntax/parse-single-object.js';
import type { AssignmentSyntax, InstanceSyntax, NameSyntax, ScalarSyntax } from '../syntax/syntax.js';
import { SyntaxFailure } from '../syntax/token-reader.js';
import { bindEmbeddedClass } from './bind-embedded-class.js';
import { bindPath, type PathContext } from './bind-path.js';
import { bindValue, describeSyntax, type ValueContext } from './bind-value.js';
import { failInstance, type InstanceContext } from './instance-context.js';
import { createEntry, type InstanceEntry, type OpenInstance } from './instance-entry.js';
import { openInstance } from './open-instance.js';

/** Where a value stands: how deep in other instances, and whether it is a key. */
interface Position {
  readonly entry: InstanceEntry;
  readonly nesting: number;
  readonly isKey: boolean;
}

/**
 * Turns instances of a text into instances of the model. Each is worked on once, whoever asks for it first; what is
 * wrong with it is reported then.
 */
export class InstanceBinder {
  readonly #context: InstanceContext;

  constructor(context: InstanceContext) {
    this.#context = context;
  }

  /** The instance with its path, or without one when its class has no keys; undefined when it is wrong. */
  bind(entry: InstanceEntry): CimInstance | undefined {
    return this.#bindStored(entry, 0);
  }

  /** The instance as a value: keys need not be set, and the class may be abstract, as settings that clients send are. */
  bindEmbedded(syntax: InstanceSyntax, namespace?: string): CimInstance | undefined {
    return this.#bindNested(createEntry(syntax, namespace), 0);
  }

  #bindNested(entry: InstanceEntry, nesting: number): CimInstance | undefined {
    const open = this.#open(entry);
    return open && this.#bindValues(entry, open, nesting);
  }

  #bindStored(entry: InstanceEntry, nesting: number): CimInstance | undefined {
    if (entry.instance.state === 'done') return entry.instance.value;
    if (entry.instance.state === 'failed') return undefined;
    if (entry.instance.state === 'underway') return this.#failCycle(entry);
    entry.instance = { state: 'underway' };
    const instance = this.#makeStored(entry, nesting);
    entry.instance = instance ? { state: 'done', value: instance } : { state: 'failed' };
    return instance;
  }

  #makeStored(entry: InstanceEntry, nesting: number): CimInstance | undefined {
    const open = this.#open(entry);
    if (!open) return undefined;
    const { cimClass } = open;
    if (cimClass.isAbstract) return this.#fail(entry, `class ${cimClass.name} is abstract and has no instances`);
    if (cimClass.keys.length === 0 && !isSingleton(cimClass)) return this.#bindValues(entry, open, nesting);
    const path = this.#pathOf(entry, 0);
    const instance = this.#bindValues(entry, open, nesting, path?.keys ?? new NameMap());
    return path && instance?.at(path);
  }

  #open(entry: InstanceEntry): OpenInstance | undefined {
    if (entry.opened.state === 'done') return entry.opened.value;
    if (entry.opened.state === 'failed') return undefined;
    const open = openInstance(entry, this.#context);
    entry.opened = open ? { state: 'done', value: open } : { state: 'failed' };
    return open;
  }

  #pathOf(entry: InstanceEntry, depth: number): InstancePath | undefined {
    if (entry.path.state === 'done') return entry.path.value;
    if (entry.path.state === 'failed') return undefined;
    if (entry.path.state === 'underway') return this.#failCycle(entry);
    entry.path = { state: 'underway' };
    const path = this.#makePath(entry, depth);
    entry.path = path ? { state: 'done', value: path } : { state: 'failed' };
    return path;
  }

  #makePath(entry: InstanceEntry, depth: number): InstancePath | undefined {
    const open = this.#open(entry);
    if (!open) return undefined;
    if (open.cimClass.keys.length === 0 && !isSingleton(open.cimClass)) {
      return this.#fail(entry, `class ${open.cimClass.name} has no key, so nothing can refer to its instances`);
    }
    const keys = new NameMap<CimKeyValue>();
    let failed = false;
    for (const key of open.cimClass.keys) {
      const value = this.#bindKey(entry, open, key, depth);
      if (value === undefined) failed = true;
      else keys.set(key.name, value);
    }
    if (failed) return undefined;
    return new InstancePath({ namespace: entry.namespace, className: open.cimClass.name, keys });
  }

  #bindKey(entry: InstanceEntry, open: OpenInstance, key: CimProperty, depth: number): CimKeyValue | undefined {
    const assignment = open.assignments.get(key.name);
    const at = assignment?.value.at;
    if (!assignment && key.defaultValue === undefined) return this.#fail(entry, `key ${key.name} is not set`);
    const value = assignment ? this.#bindProperty(entry, assignment, key, depth) : key.defaultValue;
    if (value === undefined) return undefined;
    if (value === null) return this.#fail(entry, `key ${key.name} is NULL`, at);
    if (typeof value !== 'object' || value instanceof InstancePath || value instanceof CimDateTime) return value;
    return this.#fail(entry, `key ${key.name} of type ${describeType(key.type)} cannot be part of a path`, at);
  }

  #bindValues(
    entry: InstanceEntry,
    { cimClass, assignments }: OpenInstance,
    nesting: number,
    keys?: NameMap<CimKeyValue>,
  ): CimInstance | undefined {
    const values = new NameMap<CimValue>();
    let failed = false;
    for (const property of cimClass.properties.values()) {
      const assignment = assignments.get(property.name);
      const value = this.#valueOf(entry, property, assignment, nesting, keys);
      if (value !== undefined) values.set(property.name, value);
      else if (assignment) failed = true;
    }
    return failed ? undefined : new CimInstance(cimClass.name, values);
  }

  #valueOf(
    entry: InstanceEntry,
    property: CimProperty,
    assignment: AssignmentSyntax | undefined,
    nesting: number,
    keys: NameMap<CimKeyValue> | undefined,
  ): CimValue | undefined {
    // Keys of a stored instance were bound for its path; binding them again would report their errors twice.
    if (keys && property.isKey) return keys.get(property.name);
    return assignment ? this.#bindProperty(entry, assignment, property, nesting) : property.defaultValue;
  }

  #bindProperty(
    entry: InstanceEntry,
    { value, name }: AssignmentSyntax,
    property: CimProperty,
    nesting: number,
  ): CimValue | undefined {
    const position: Position = { entry, nesting, isKey: property.isKey };
    const report = (at: number, message: string) => void this.#fail(entry, `${name.text}: ${message}`, at);
    const context: ValueContext = {
      report,
      bindReference: (scalar, type) => this.#bindReference(scalar, type, position, report),
      bindEmbedded: (scalar, type) => this.#bindEmbeddedValue(scalar, type, position, report),
      allowQuotedIntegers: this.#context.allowQuotedIntegers,
    };
    return bindValue(value, property.type, context);
  }

  #bindReference(
    scalar: ScalarSyntax,
    type: CimType,
    position: Position,
    report: ValueContext['report'],
  ): InstancePath | undefined {
    const { entry } = position;
    if (scalar.kind === 'string') {
      const { namespace, windows } = entry;
      const bound = bindPath(scalar.text, type, { ...this.#pathContext(), namespace, windows });
      if (bound instanceof InstancePath) return bound;
      if (bound.problem !== undefined) report(scalar.at, bound.problem);
      return undefined;
    }
    const target = this.#findTarget(scalar, type, report);
    if (!target) return undefined;
    const open = this.#open(target);
    if (!open) return undefined;
    const schema = this.#context.schemaOf(target.namespace);
    const wanted = type.referenceClass ?? '';
    // In another namespace the declared class may be unknown, and then nothing can be said.
    if (schema?.findClass(wanted) && !schema.isA(open.cimClass.name, wanted)) {
      report(
        scalar.at,
        `${describeSyntax(scalar)} is of class ${open.cimClass.name} where ${describeType(type)} is wanted`,
      );
      return undefined;
    }
    return position.isKey ? this.#keyPath(target, position, scalar.at, report) : this.#pathOf(target, 0);
  }

  /** References in keys of references make paths within paths, so there must not be too many of them. */
  #keyPath(
    target: InstanceEntry,
    { entry, nesting }: Position,
    at: number,
    report: ValueContext['report'],
  ): InstancePath | undefined {
    // Beyond the limit the target is left alone: this one's height would be too great as well.
    if (nesting > mofLimits.nesting) entry.height = mofLimits.nesting + 1;
    const path = nesting > mofLimits.nesting ? undefined : this.#pathOf(target, nesting + 1);
    return this.#raise(entry, target, at, report) ? path : undefined;
  }

  #bindEmbeddedValue(
    scalar: ScalarSyntax,
    type: CimType,
    { entry, nesting }: Position,
    report: ValueContext['report'],
  ): CimInstance | CimClass | undefined {
    if (nesting > mofLimits.nesting) {
      report(scalar.at, `instances nest deeper than ${mofLimits.nesting} levels`);
      return undefined;
    }
    const object = this.#findEmbedded(scalar, type, entry, nesting + 1, report);
    if (!object || type.embedded?.kind !== 'instance') return object;
    const isInstance = object instanceof CimInstance;
    const wanted = type.embedded.className;
    if (isInstance && this.#context.schemaOf(entry.namespace)?.isA(object.className, wanted)) return object;
    const found = isInstance ? `an instance of ${object.className}` : `class ${object.name}`;
    report(scalar.at, `${found} where ${describeType(type)} is wanted`);
    return undefined;
  }

  #findEmbedded(
    scalar: ScalarSyntax,
    type: CimType,
    entry: InstanceEntry,
    nesting: number,
    report: ValueContext['report'],
  ): CimInstance | CimClass | undefined {
    if (scalar.kind === 'instance') return this.#bindInside(scalar.instance, entry, nesting);
    if (scalar.kind === 'string') return this.#bindText(scalar, entry, nesting);
    const target = this.#findTarget(scalar, type, report);
    if (!target) return undefined;
    target.isEmbedded = true;
    const instance = this.#bindStored(target, nesting);
    if (!this.#raise(entry, target, scalar.at, report)) return undefined;
    return instance && new CimInstance(instance.className, instance.properties);
  }

  /** A string that holds the MOF of an instance or a class. */
  #bindText({ text, at }: NameSyntax, entry: InstanceEntry, nesting: number): CimInstance | CimClass | undefined {
    const source = new SourceText({ file: '', text }, { text: entry.syntax.source, at });
    const report = (place: number, message: string) => this.#context.errors.add(source.errorAt(place, message));
    try {
      const syntax = parseSingleObject(source, entry.windows !== undefined);
      if (syntax.kind === 'instance') return this.#bindInside(syntax, entry, nesting);
      const { namespace, windows } = entry;
      const { schemaOf, isExcused, incomplete } = this.#context;
      return bindEmbeddedClass(syntax, {
        schema: () => schemaOf(namespace),
        isExcused: (name) => isExcused(namespace, name),
        report,
        incomplete,
        windows,
      });
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      report(error.at, error.message);
      return undefined;
    }
  }

  #bindInside(syntax: InstanceSyntax, outer: InstanceEntry, nesting: number): CimInstance | undefined {
    const entry = createEntry(syntax, outer.namespace, outer.windows);
    const instance = this.#bindNested(entry, nesting);
    outer.height = Math.max(outer.height, entry.height + 1);
    return instance;
  }

  /** Puts an instance above one that its value takes in; false when they pile up too high, which is reported. */
  #raise(entry: InstanceEntry, target: InstanceEntry, at: number, report: ValueContext['report']): boolean {
    entry.height = Math.max(entry.height, target.height + 1);
    if (entry.height <= mofLimits.nesting) return true;
    report(at, `instances and references nest deeper than ${mofLimits.nesting} levels`);
    return false;
  }

  #findTarget(scalar: ScalarSyntax, type: CimType, report: ValueContext['report']): InstanceEntry | undefined {
    if (scalar.kind !== 'alias') {
      report(scalar.at, `${describeSyntax(scalar)} where ${describeType(type)} is wanted`);
      return undefined;
    }
    const target = this.#context.findAlias(scalar.text);
    if (target && target !== 'class') return target;
    if (target) report(scalar.at, `$${scalar.text} is a class where ${describeType(type)} is wanted`);
    else if (!this.#context.incomplete) report(scalar.at, `alias $${scalar.text} does not exist`);
    return undefined;
  }

  #pathContext(): PathContext {
    const { namespace, schemaOf, isExcused } = this.#context;
    return { namespace, schemaOf, isExcused };
  }

  #failCycle(entry: InstanceEntry): undefined {
    if (entry.isCircular) return;
    entry.isCircular = true;
    const alias = entry.syntax.alias ? `$${entry.syntax.alias.text}` : entry.syntax.className.text;
    this.#fail(entry, `the value of ${alias} depends on itself`);
  }

  #fail(entry: InstanceEntry, message: string, at?: number): undefined {
    return failInstance(this.#context, entry, message, at);
  }
}

/** WMI: a class with this qualifier has one instance, whose path has no keys. */
function isSingleton(cimClass: CimClass): boolean {
  return booleanQualifier(cimClass, 'Singleton');
}
