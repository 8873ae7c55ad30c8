import type { CimClass } from '../model/cim-class.js';
import { CimError } from '../model/cim-error.js';
import { ANY_CLASS, type CimType } from '../model/cim-type.js';
import { foldName, NameMap, sameName } from '../model/name-map.js';
import { shorten } from '../model/shorten.js';
import { aboutName } from '../model/unknown-name.js';
import { type ClassRules, checkClass } from './check-class.js';
import type { ClassDeclaration, QualifierTypeDeclaration } from './class-declaration.js';
import { resolveClass } from './resolve-class.js';
import { SchemaError } from './schema-error.js';

/** What lies beneath a schema and is there without being declared. */
export interface SchemaBase {
  /** Of its classes, known without a look at them; undefined where it is to be made of them. */
  readonly digest: string | undefined;
  /** The same each time; asked for when something is looked for that is not declared above. */
  schema(): Schema;
}

/**
 * The classes and qualifier types of one namespace, with inheritance resolved. A schema may lie over another one, whose classes it has as
 * well, but for those that it declares itself.
 */
export class Schema {
  readonly #qualifierTypes = new NameMap<QualifierTypeDeclaration>();
  readonly #classes = new NameMap<CimClass>();
  readonly #declarations = new NameMap<ClassDeclaration>();
  readonly #children = new NameMap<string[]>();
  readonly base: SchemaBase | undefined;
  /** Classes of the base that are not there. */
  readonly #hidden = new NameMap<true>();
  /** Whether a class that is declared here takes the place of one of the base, on which others of the base may build. */
  #takesPlaces: boolean | undefined;
  /** Of each class that was asked for: its own name and those of its superclasses, as they are spelled and folded. */
  readonly #lineages = new WeakMap<CimClass, ReadonlySet<string>>();

  constructor(base?: SchemaBase) {
    this.base = base;
  }

  /** The same classes, with what has been found out about them; what is added to either is not in the other. */
  copy(base = this.base): Schema {
    const copy = this.copyDeclarations(base);
    for (const [name, resolved] of this.#classes) copy.#classes.set(name, resolved);
    return copy;
  }

  /** The same, and each class is resolved anew when it is asked for. */
  copyDeclarations(base = this.base): Schema {
    const copy = new Schema(base);
    for (const type of this.ownQualifierTypes) copy.addQualifierType(type);
    for (const declaration of this.ownDeclarations) copy.#declare(declaration);
    for (const name of this.#hidden.keys()) copy.#hidden.set(name, true);
    return copy;
  }

  /** A later declaration of the same qualifier takes the place of the earlier one. */
  addQualifierType(declaration: QualifierTypeDeclaration): void {
    this.#qualifierTypes.set(declaration.name, declaration);
  }

  getQualifierType(name: string): QualifierTypeDeclaration | undefined {
    return this.#qualifierTypes.get(name) ?? this.base?.schema().getQualifierType(name);
  }

  /** The declaration that is not one of the base. */
  getOwnQualifierType(name: string): QualifierTypeDeclaration | undefined {
    return this.#qualifierTypes.get(name);
  }

  /**
   * Adds a class whose superclass is there already, checked in itself as well unless the rules let something pass.
   *
   * @throws SchemaError naming the element that is wrong: unknown superclass, class or member declared twice, an
   *   override of another type, an unknown or misplaced qualifier, a value of the wrong type
   */
  addClass(declaration: ClassDeclaration, rules: ClassRules = {}): CimClass {
    if (this.#declarations.has(declaration.name)) {
      throw new SchemaError({ className: declaration.name }, `class ${declaration.name} is declared twice`);
    }
    const resolved = resolveClass(declaration, this);
    checkClass(resolved, rules);
    this.#classes.set(resolved.name, resolved);
    this.#declare(declaration);
    return resolved;
  }

  /**
   * Adds a class that another schema of the same classes has taken before, as a cache gives it back: it is resolved when
   * it is first asked for. Of the hundreds of classes of a schema a process asks for few.
   */
  addCheckedClass(declaration: ClassDeclaration): void {
    this.#declare(declaration);
  }

  /** Adds a class that is found by its name, and is not among those that are listed. @throws SchemaError */
  addUnlistedClass(declaration: ClassDeclaration): void {
    const resolved = resolveClass(declaration, this);
    this.#classes.set(resolved.name, resolved);
  }

  /** Takes a class of the base out, with none of its subclasses. */
  hideClass(name: string): void {
    this.#hidden.set(name, true);
    this.#forgetBase();
  }

  #declare(declaration: ClassDeclaration): void {
    this.#declarations.set(declaration.name, declaration);
    this.#forgetBase();
    if (declaration.superclassName === undefined) return;
    const siblings = this.#children.get(declaration.superclassName);
    if (siblings) siblings.push(declaration.name);
    else this.#children.set(declaration.superclassName, [declaration.name]);
  }

  /** What classes of the base are here may be otherwise now. */
  #forgetBase(): void {
    if (this.#takesPlaces === undefined) return;
    this.#takesPlaces = undefined;
    for (const name of [...this.#classes.keys()]) if (!this.#declarations.has(name)) this.#classes.delete(name);
  }

  /** A declaration of the base that counts here. */
  #beneath(name: string): ClassDeclaration | undefined {
    if (this.base === undefined || this.#hidden.has(name)) return undefined;
    return this.base.schema().getDeclaration(name);
  }

  /**
   * Takes a class out with all its subclasses.
   *
   * @param which `own`: those of the base stay
   * @returns the names of what is gone; none when there is no such class
   */
  removeClass(name: string, which: 'all' | 'own' = 'all'): readonly string[] {
    const gone = this.namesBelow(name).filter((each) => which === 'all' || this.#declarations.has(each));
    for (const each of gone) {
      const superclassName = this.#declarations.get(each)?.superclassName;
      if (!this.#declarations.has(each)) this.hideClass(each);
      this.#declarations.delete(each);
      this.#classes.delete(each);
      this.#children.delete(each);
      if (superclassName === undefined) continue;
      const siblings = this.#children.get(superclassName)?.filter((sibling) => !sameName(sibling, each));
      if (siblings) this.#children.set(superclassName, siblings);
    }
    return gone;
  }

  /** The class and what is declared below it, superclasses first, in the spelling of their declarations. */
  namesBelow(name: string): readonly string[] {
    const first = this.getDeclaration(name);
    if (!first) return [];
    const names = [first.name];
    // The list grows while it is walked.
    for (const each of names) names.push(...this.#childNames(each));
    return names;
  }

  #childNames(name: string): readonly string[] {
    const own = this.#children.get(name) ?? [];
    if (this.base === undefined) return own;
    const others = this.base
      .schema()
      .#childNames(name)
      .filter((child) => this.#isOfBase(child));
    return others.length === 0 ? own : [...own, ...others];
  }

  #isOfBase(name: string): boolean {
    return !this.#declarations.has(name) && !this.#hidden.has(name);
  }

  findClass(name: string): CimClass | undefined {
    const found = this.#classes.get(name);
    if (found) return found;
    const declaration = this.#declarations.get(name) ?? this.#beneath(name);
    if (!declaration) return undefined;
    const resolved = this.#sharedClass(name) ?? resolveClass(declaration, this);
    this.#classes.set(resolved.name, resolved);
    return resolved;
  }

  /** A class of the base as it is there, where none that it could build on has been replaced. */
  #sharedClass(name: string): CimClass | undefined {
    if (this.base === undefined || this.#declarations.has(name)) return undefined;
    const beneath = this.base.schema();
    this.#takesPlaces ??= [...this.#declarations.keys()].some((own) => beneath.getDeclaration(own));
    return this.#takesPlaces ? undefined : beneath.findClass(name);
  }

  /** @throws CimError InvalidClass when there is no such class */
  getClass(name: string): CimClass {
    const found = this.findClass(name);
    if (!found) {
      const error = new CimError('InvalidClass', `Class ${shorten(name, 200)} does not exist in this namespace.`);
      throw aboutName(error, { kind: 'class', name, schema: this });
    }
    return found;
  }

  /** The declaration a class was made from. */
  getDeclaration(name: string): ClassDeclaration | undefined {
    return this.#declarations.get(name) ?? this.#beneath(name);
  }

  /** The declaration that is not one of the base. */
  getOwnDeclaration(name: string): ClassDeclaration | undefined {
    return this.#declarations.get(name);
  }

  /** Of all classes, none of which is resolved for it. */
  get classNames(): IterableIterator<string> {
    return this.base === undefined ? this.#declarations.keys() : this.#namesOfAll();
  }

  *#namesOfAll(): IterableIterator<string> {
    for (const { name } of this.declarations) yield name;
  }

  /** In the order of their declaration. */
  get classes(): IterableIterator<CimClass> {
    return this.#resolveAll();
  }

  *#resolveAll(): IterableIterator<CimClass> {
    for (const name of this.classNames) yield this.getClass(name);
  }

  /** Its own in their order, then those of the base. */
  get declarations(): IterableIterator<ClassDeclaration> {
    return this.base === undefined ? this.#declarations.values() : this.#declarationsOfAll(this.base.schema());
  }

  *#declarationsOfAll(beneath: Schema): IterableIterator<ClassDeclaration> {
    yield* this.#declarations.values();
    for (const one of beneath.declarations) if (this.#isOfBase(one.name)) yield one;
  }

  /** Those that are not the base's. */
  get ownDeclarations(): IterableIterator<ClassDeclaration> {
    return this.#declarations.values();
  }

  /** Its own, then those of the base. */
  get qualifierTypes(): IterableIterator<QualifierTypeDeclaration> {
    return this.base === undefined ? this.#qualifierTypes.values() : this.#typesOfAll(this.base.schema());
  }

  *#typesOfAll(beneath: Schema): IterableIterator<QualifierTypeDeclaration> {
    yield* this.#qualifierTypes.values();
    for (const one of beneath.qualifierTypes) if (!this.#qualifierTypes.has(one.name)) yield one;
  }

  /** Those that are not the base's. */
  get ownQualifierTypes(): IterableIterator<QualifierTypeDeclaration> {
    return this.#qualifierTypes.values();
  }

  /** Names of classes of the base that are not there. */
  get hiddenNames(): IterableIterator<string> {
    return this.#hidden.keys();
  }

  /** The direct subclasses, in the order of their declaration. */
  childrenOf(name: string): readonly CimClass[] {
    return this.#childNames(name).map((child) => this.getClass(child));
  }

  /** The class and all its subclasses, at any distance, the class first. */
  *withSubclasses(name: string): IterableIterator<CimClass> {
    const open = [this.getClass(name)];
    for (let next = open.pop(); next; next = open.pop()) {
      yield next;
      open.push(...this.childrenOf(next.name).toReversed());
    }
  }

  /** True when `name` is `ancestor` or one of its subclasses; false when either does not exist. */
  isA(name: string, ancestor: string): boolean {
    const found = this.findClass(name);
    if (!found) return false;
    let lineage = this.#lineages.get(found);
    if (!lineage) {
      const names = new Set<string>();
      for (let up: CimClass | undefined = found; up; up = up.superclass) names.add(up.name).add(foldName(up.name));
      lineage = names;
      this.#lineages.set(found, names);
    }
    return lineage.has(ancestor) || lineage.has(foldName(ancestor)) || ancestor === ANY_CLASS;
  }

  /** Reference and embedded classes that no declaration names: to be called when all classes are in. */
  findDanglingReferences(): readonly SchemaError[] {
    const errors: SchemaError[] = [];
    for (const declaration of this.#declarations.values()) {
      for (const { place, className } of namedClasses(declaration, this.getClass(declaration.name))) {
        if (!this.getDeclaration(className)) errors.push(new SchemaError(place, `class ${className} does not exist`));
      }
    }
    return errors;
  }
}

interface NamedClass {
  readonly place: SchemaError['place'];
  readonly className: string;
}

function* namedClasses(declaration: ClassDeclaration, cimClass: CimClass): IterableIterator<NamedClass> {
  const className = declaration.name;
  for (const { name } of declaration.properties) {
    const target = targetClass(cimClass.properties.get(name)?.type);
    if (target) yield { place: { className, property: name }, className: target };
  }
  for (const method of declaration.methods) {
    for (const { name } of method.parameters) {
      const target = targetClass(cimClass.methods.get(method.name)?.parameters.get(name)?.type);
      if (target) yield { place: { className, method: method.name, parameter: name }, className: target };
    }
  }
}

function targetClass(type: CimType | undefined): string | undefined {
  return type?.referenceClass ?? (type?.embedded?.kind === 'instance' ? type.embedded.className : undefined);
}
