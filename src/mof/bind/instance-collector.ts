import { splitHost } from '../../cim/hosts/host-namespace.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap, sameName } from '../../cim/model/name-map.js';
import type { CheckInstances } from '../compile-mof.js';
import type { ErrorList } from '../error-list.js';
import type { SourceText } from '../mof-source.js';
import type { InstanceSyntax, NameSyntax } from '../syntax/syntax.js';
import { InstanceBinder } from './instance-binder.js';
import { createEntry, type InstanceEntry } from './instance-entry.js';
import type { NamespaceBuilder } from './namespace-builder.js';
import type { TextPlace } from './text-place.js';

/** What an {@link InstanceCollector} needs to know of the compilation. */
export interface CollectorContext {
  readonly errors: ErrorList;
  /** The namespace of that name, made when it is not there. */
  space(name: string): NamespaceBuilder;
  findSpace(name: string): NamespaceBuilder | undefined;
  isExcused(namespace: string | undefined, className: string): boolean;
  /** In Windows' dialect, too, an instance that another text gives again takes what is named there. */
  readonly changesGivenAgain: boolean;
  warn(source: SourceText, at: number, message: string): void;
}

/** Keeps the instances of a compilation until all is read, and then makes and stores them. */
export class InstanceCollector {
  readonly #context: CollectorContext;
  readonly #aliases = new NameMap<InstanceEntry | 'class'>();
  #entries: InstanceEntry[] = [];
  /** Who said last what is at a canonical path. */
  readonly #placed = new Map<string, InstanceEntry>();
  /** The text that an instance came from, by its canonical path; none for what was there before. */
  readonly #files = new Map<string, string>();

  constructor(context: CollectorContext) {
    this.#context = context;
  }

  add(syntax: InstanceSyntax, { source, namespace, windows }: TextPlace): void {
    const entry = createEntry(syntax, namespace, windows);
    this.addAlias(syntax.alias, entry, source);
    this.#entries.push(entry);
  }

  addAlias(alias: NameSyntax | undefined, value: InstanceEntry | 'class', source: SourceText): void {
    if (!alias) return;
    if (!this.#aliases.has(alias.text)) this.#aliases.set(alias.text, value);
    else this.#context.errors.add(source.errorAt(alias.at, `alias $${alias.text} is given twice`));
  }

  /** Forgets the instances of a class that there are so far. */
  removeAll(space: NamespaceBuilder, className: string): void {
    const isOf = (entry: InstanceEntry) => isOfClass(entry, space, className);
    for (const { syntax } of this.#entries.filter(isOf)) {
      if (syntax.alias) this.#aliases.delete(syntax.alias.text);
    }
    this.#entries = this.#entries.filter((entry) => !isOf(entry));
  }

  /** Makes the instances of a class that there are so far lose properties, since the class lost them. */
  drop(space: NamespaceBuilder, className: string, properties: NameMap<true>): void {
    for (const entry of this.#entries) {
      if (isOfClass(entry, space, className)) entry.dropped = new NameMap([...(entry.dropped ?? []), ...properties]);
    }
  }

  /** @returns how many instances there are now that were not there before */
  finish(incomplete: boolean): number {
    const { errors, findSpace, isExcused } = this.#context;
    const binder = new InstanceBinder({
      errors,
      namespace: undefined,
      schemaOf: (namespace) => (namespace === undefined ? undefined : findSpace(namespace)?.schema),
      isExcused,
      findAlias: (name) => this.#aliases.get(name),
      incomplete,
      allowQuotedIntegers: false,
    });
    // Whether an instance is the value of another shows when all are bound.
    for (const entry of this.#entries) binder.bind(entry);
    let count = 0;
    for (const entry of this.#entries) if (this.#store(entry, incomplete)) count += 1;
    return count;
  }

  #store(entry: InstanceEntry, incomplete: boolean): boolean {
    if (entry.instance.state !== 'done') return false;
    const { value: instance } = entry.instance;
    if (instance.path) return this.#storeAt(entry, instance);
    if (entry.isEmbedded) return false;
    if (!entry.windows) {
      // The key may be what could not be read.
      if (!incomplete)
        this.#report(entry, `class ${instance.className} has no key, so its instance can only be a value`);
      return false;
    }
    const path = new InstancePath({ namespace: entry.namespace, className: instance.className, keys: new NameMap() });
    if (this.#context.space(entry.namespace ?? '').addInstance(instance.at(path))) return true;
    const { source, className } = entry.syntax;
    const message = `class ${instance.className} has no key, so this instance cannot be told from the first and is left out`;
    this.#context.warn(source, className.at, message);
    return false;
  }

  /** Has an error for what is wrong with instances that were given here. */
  check(find: CheckInstances, instances: readonly CimInstance[]): void {
    if (!instances.some(({ path }) => this.#placed.has(path?.canonical ?? ''))) return;
    for (const { path, message } of find(instances)) {
      const entry = this.#placed.get(path.canonical);
      if (entry) this.#report(entry, message);
    }
  }

  #storeAt(entry: InstanceEntry, instance: CimInstance): boolean {
    const space = this.#context.space(entry.namespace ?? '');
    const path = instance.path?.canonical ?? '';
    const { file } = entry.syntax.source;
    this.#placed.set(path, entry);
    if (space.addInstance(instance)) {
      this.#files.set(path, file);
      if (entry.windows && sameName(instance.className, '__NAMESPACE')) this.#makeNamespace(instance, space);
      return true;
    }
    const isGivenAgain = this.#files.get(path) !== file;
    if (isGivenAgain && (!entry.windows || this.#context.changesGivenAgain)) {
      space.changeInstance(instance, namedProperties(entry));
      this.#files.set(path, file);
    } else if (entry.windows) space.replaceInstance(instance);
    else this.#report(entry, `instance ${instance.path?.toString()} exists already`);
    return false;
  }

  /** On Windows the instance is the namespace. */
  #makeNamespace(instance: CimInstance, { name }: NamespaceBuilder): void {
    const child = instance.get('Name');
    if (typeof child === 'string' && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(child)) this.#context.space(`${name}/${child}`);
  }

  #report({ syntax }: InstanceEntry, message: string): void {
    this.#context.errors.add(syntax.source.errorAt(syntax.className.at, message));
  }
}

function namedProperties({ opened }: InstanceEntry): readonly string[] {
  return opened.state === 'done' ? [...opened.value.assignments.keys()] : [];
}

function isOfClass({ namespace, syntax }: InstanceEntry, space: NamespaceBuilder, className: string): boolean {
  if (namespace === undefined || !sameName(syntax.className.text, className)) return false;
  return sameName(splitHost(namespace).namespace, space.name);
}
