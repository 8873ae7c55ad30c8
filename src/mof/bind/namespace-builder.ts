import type { CimInstance } from '../../cim/model/cim-instance.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { ClassDeclaration, QualifierTypeDeclaration } from '../../cim/schema/class-declaration.js';
import { Schema } from '../../cim/schema/schema.js';
import type { MofNamespace } from '../mof-compilation.js';

/** A namespace while it is being filled. What it was before is left as it was. */
export class NamespaceBuilder {
  readonly name: string;
  /** Classes that were read but are wrong: no further error is due to them. */
  readonly broken = new NameMap<true>();
  readonly #instances: CimInstance[] = [];
  readonly #paths = new Set<string>();
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

  addQualifierType(declaration: QualifierTypeDeclaration): void {
    this.#own().addQualifierType(declaration);
  }

  /** @throws SchemaError */
  addClass(declaration: ClassDeclaration): void {
    this.#own().addClass(declaration);
  }

  /** False when there is an instance at the path already. */
  addInstance(instance: CimInstance): boolean {
    const path = instance.path?.canonical;
    if (path === undefined || this.#paths.has(path)) return false;
    this.#paths.add(path);
    this.#instances.push(instance);
    return true;
  }

  finish(): MofNamespace {
    return { name: this.name, schema: this.#schema, instances: this.#instances };
  }

  /** Resolving the classes again costs time, so it is done only when there is something to add. */
  #own(): Schema {
    if (!this.#isShared) return this.#schema;
    const copy = new Schema();
    for (const type of this.#schema.qualifierTypes) copy.addQualifierType(type);
    for (const declaration of this.#schema.declarations) copy.addClass(declaration);
    this.#schema = copy;
    this.#isShared = false;
    return copy;
  }
}
