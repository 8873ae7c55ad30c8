import { CimInstance } from '../../cim/model/cim-instance.js';
import { describeType } from '../../cim/model/cim-type.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { ClassRules } from '../../cim/schema/check-class.js';
import type { ClassDeclaration, QualifierTypeDeclaration } from '../../cim/schema/class-declaration.js';
import { Schema, type SchemaBase } from '../../cim/schema/schema.js';
import { schemaOver } from '../../cim/schema/schema-over.js';
import type { MofDialect } from '../dialect.js';
import type { MofNamespace } from '../mof-compilation.js';
import { sameQualifierType } from './same-declaration.js';

/** A namespace while it is being filled. What it was before is left as it was. */
export class NamespaceBuilder {
  readonly name: string;
  /** Classes that were read but are wrong: no further error is due to them. */
  readonly broken = new NameMap<true>();
  #instances: CimInstance[] = [];
  /** The place of each instance, by its canonical path. */
  #places = new Map<string, number>();
  #schema: Schema;
  #isShared: boolean;

  constructor(name: string, base: MofNamespace | undefined) {
    this.name = name;
    this.#schema = base?.schema ?? new Schema();
    this.#isShared = base !== undefined;
    for (const instance of base?.instances ?? []) this.addInstance(instance);
  }

  get schema(): Schema {
    return this.#schema;
  }

  /** True when nothing has been declared there. */
  get isBare(): boolean {
    return this.#schema.ownQualifierTypes.next().done === true;
  }

  /** Has what lies beneath be there as well, where nothing of its name is declared. */
  layOver(base: SchemaBase): void {
    if (this.#schema.base !== undefined) return;
    this.#schema = this.#isShared ? schemaOver(this.#schema, base) : this.#schema.copy(base);
  }

  addQualifierType(declaration: QualifierTypeDeclaration): void {
    this.#own().addQualifierType(declaration);
  }

  /**
   * Adds a qualifier type that is not there. In Windows' dialect one that is there may be declared again with other scopes,
   * and has these as well then: classes that use it stay as they are.
   *
   * @returns `other` when there is one of that name that is not the same
   */
  declareQualifierType(declaration: QualifierTypeDeclaration, dialect: MofDialect): 'new' | 'same' | 'other' {
    const existing = this.#schema.getQualifierType(declaration.name);
    if (existing && sameQualifierType(existing, declaration)) return 'same';
    if (!existing || !this.#schema.getOwnQualifierType(declaration.name)) {
      this.addQualifierType(declaration);
      return 'new';
    }
    if (dialect === 'dmtf' || describeType(existing.type) !== describeType(declaration.type)) return 'other';
    this.addQualifierType({ ...existing, scopes: new Set([...existing.scopes, ...declaration.scopes]) });
    return 'same';
  }

  /** @throws SchemaError */
  addClass(declaration: ClassDeclaration, rules?: ClassRules): void {
    this.#own().addClass(declaration, rules);
  }

  /**
   * Puts a class in the place of one of the same name. Its subclasses build on the new one from then on; when one of them
   * cannot, nothing is changed.
   *
   * @throws SchemaError of the class or of a subclass
   */
  updateClass(declaration: ClassDeclaration, rules: ClassRules): void {
    const schema = this.#own();
    const before = schema.namesBelow(declaration.name).flatMap((each) => schema.getOwnDeclaration(each) ?? []);
    schema.removeClass(declaration.name, 'own');
    try {
      schema.addClass(declaration, rules);
      for (const subclass of before.slice(1)) schema.addClass(subclass, rules);
    } catch (error) {
      schema.removeClass(declaration.name, 'own');
      for (const each of before) schema.addCheckedClass(each);
      throw error;
    }
  }

  /**
   * Takes a class out, with its subclasses and the instances of all of them.
   *
   * @returns the names of the classes
   */
  removeClass(name: string): readonly string[] {
    const gone = new NameMap(
      this.#own()
        .removeClass(name)
        .map((each) => [each, true] as const),
    );
    if (gone.size === 0) return [];
    const kept = this.#instances.filter((instance) => !gone.has(instance.className));
    if (kept.length < this.#instances.length) {
      this.#instances = kept;
      this.#places = new Map(kept.map((instance, place) => [canonicalPath(instance), place]));
    }
    return [...gone.keys()];
  }

  /** Takes a class of what lies beneath out: it cannot build on what has taken the place of another one. */
  hideClass(name: string): void {
    this.#own().hideClass(name);
  }

  /** Puts an instance in the place of the one at its path. */
  replaceInstance(instance: CimInstance): void {
    const place = this.#places.get(canonicalPath(instance));
    if (place !== undefined) this.#instances[place] = instance;
  }

  /** Has the instance at its path take some properties of this one; its keys stay as they are written. */
  changeInstance({ path, properties }: CimInstance, names: readonly string[]): void {
    const place = path && this.#places.get(path.canonical);
    const before = place === undefined ? undefined : this.#instances[place];
    if (place === undefined || before === undefined) return;
    const values = new NameMap(before.properties);
    for (const name of names) if (!path?.keys.has(name)) values.set(name, properties.get(name) ?? null);
    this.#instances[place] = new CimInstance(before.className, values, before.path);
  }

  /** False when there is an instance at the path already. */
  addInstance(instance: CimInstance): boolean {
    const path = canonicalPath(instance);
    if (path === '' || this.#places.has(path)) return false;
    this.#places.set(path, this.#instances.length);
    this.#instances.push(instance);
    return true;
  }

  finish(): MofNamespace {
    return { name: this.name, schema: this.#schema, instances: this.#instances };
  }

  /** Resolving the classes again costs time, so it is done only when there is something to add. */
  #own(): Schema {
    if (!this.#isShared) return this.#schema;
    this.#schema = this.#schema.copyDeclarations();
    this.#isShared = false;
    return this.#schema;
  }
}

/** What tells an instance from others; empty for one without a path. */
function canonicalPath({ path }: CimInstance): string {
  return path?.canonical ?? '';
}
