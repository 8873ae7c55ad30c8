import { lineage } from '../../cim/model/cim-class.js';
import { ANY_CLASS } from '../../cim/model/cim-type.js';
import { NameMap, sameName } from '../../cim/model/name-map.js';
import type { ClassRules } from '../../cim/schema/check-class.js';
import type { ClassDeclaration } from '../../cim/schema/class-declaration.js';
import type { Schema } from '../../cim/schema/schema.js';
import { SchemaError } from '../../cim/schema/schema-error.js';
import type { ErrorList } from '../error-list.js';
import type { ClassSyntax, NameSyntax } from '../syntax/syntax.js';
import { bindClass } from './bind-class.js';
import type { InstanceCollector } from './instance-collector.js';
import { locateSchemaError } from './locate-schema-error.js';
import type { NamespaceBuilder } from './namespace-builder.js';
import { sameClass } from './same-declaration.js';
import type { TextPlace } from './text-place.js';

/** A class that a reference or an embedded instance named before it was declared. */
interface RequiredClass {
  readonly place: TextPlace;
  readonly name: NameSyntax;
}

/** Puts the classes of a compilation into their namespaces, and takes them out again. */
export class ClassDeclarer {
  readonly #errors: ErrorList;
  readonly #isExcused: (namespace: string | undefined, className: string) => boolean;
  readonly #instances: InstanceCollector;
  readonly #required: RequiredClass[] = [];
  /** Classes that have taken the place of one that lies beneath. */
  readonly #replacing: RequiredClass[] = [];
  /** Classes that were not there before, by namespace and name. */
  readonly #added = new NameMap<true>();

  constructor(
    errors: ErrorList,
    isExcused: (namespace: string | undefined, className: string) => boolean,
    instances: InstanceCollector,
  ) {
    this.#errors = errors;
    this.#isExcused = isExcused;
    this.#instances = instances;
  }

  /** How many classes there are now that were not there before. */
  get count(): number {
    return this.#added.size;
  }

  add(syntax: ClassSyntax, place: TextPlace): void {
    const { space, source, windows } = place;
    this.#instances.addAlias(syntax.alias, 'class', source);
    let failed = syntax.broken;
    const report = (at: number, message: string) => {
      failed = true;
      place.report(at, message);
    };
    const isKnown = this.#isSuperclassKnown(syntax, place, report);
    const requireClass = (name: NameSyntax) => {
      if (!findClass(name.text, place) && !sameName(name.text, ANY_CLASS)) this.#required.push({ place, name });
    };
    const { incomplete } = place;
    const context = { schema: space.schema, report, incomplete, requireClass, windows };
    const declaration = bindClass(syntax, context);
    if (failed || !isKnown) space.broken.set(syntax.name.text, true);
    if (!isKnown) return;
    const existing = space.schema.getOwnDeclaration(declaration.name);
    const beneath = existing ? undefined : space.schema.getDeclaration(declaration.name);
    if (beneath && !failed && sameClass(beneath, declaration)) return;
    if (beneath) this.#replacing.push({ place, name: syntax.name });
    if (!existing) this.#register(syntax, declaration, failed, place);
    else if (!failed && !sameClass(existing, declaration)) this.#update(syntax, declaration, place);
  }

  #isSuperclassKnown({ name, superclass }: ClassSyntax, place: TextPlace, report: TextPlace['report']): boolean {
    if (!superclass || findClass(superclass.text, place)) return true;
    if (!this.#isExcused(place.space.name, superclass.text)) {
      report(superclass.at, `superclass ${superclass.text} of ${name.text} does not exist`);
    }
    return false;
  }

  #register(syntax: ClassSyntax, declaration: ClassDeclaration, failed: boolean, place: TextPlace): void {
    const { space, incomplete } = place;
    try {
      space.addClass(declaration, rulesOf(place));
      this.#added.set(`${space.name}:${declaration.name}`, true);
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      space.broken.set(syntax.name.text, true);
      // With parts left out, or built on a class with parts left out, the rest may be wrong for that reason alone.
      if (failed || buildsOnBroken(space, declaration.superclassName)) return;
      if (incomplete && error.place.qualifier === undefined) return;
      place.report(locateSchemaError(error.place, syntax), error.message);
    }
  }

  /** On Windows a class that is declared again is changed; elsewhere that would make the outcome depend on the order of files. */
  #update(syntax: ClassSyntax, declaration: ClassDeclaration, place: TextPlace): void {
    const { space } = place;
    if (!place.windows) {
      place.report(syntax.name.at, `class ${declaration.name} is declared already, and otherwise`);
      space.broken.set(syntax.name.text, true);
      return;
    }
    const before = space.schema.findClass(declaration.name);
    try {
      space.updateClass(declaration, rulesOf(place));
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      space.broken.set(syntax.name.text, true);
      const isOwn = sameName(error.place.className, declaration.name);
      const message = isOwn
        ? error.message
        : `${error.place.className} builds on the class as it was: ${error.message}`;
      place.report(isOwn ? locateSchemaError(error.place, syntax) : syntax.name.at, message);
      return;
    }
    const after = space.schema.getClass(declaration.name);
    const lost = [...(before?.properties.keys() ?? [])].filter((name) => !after.properties.has(name));
    if (lost.length === 0) return;
    const properties = new NameMap(lost.map((name) => [name, true] as const));
    for (const { name } of space.schema.withSubclasses(after.name)) this.#instances.drop(space, name, properties);
  }

  /** WMI's `#pragma deleteclass`: the class goes with its subclasses and the instances that there are so far. */
  remove({ text, at }: NameSyntax, mustExist: boolean, { space, report }: TextPlace): void {
    const gone = space.removeClass(text);
    for (const name of gone) {
      space.broken.delete(name);
      this.#added.delete(`${space.name}:${name}`);
      this.#instances.removeAll(space, name);
    }
    if (gone.length === 0 && mustExist && !this.#isExcused(space.name, text)) {
      report(at, `class ${text} does not exist`);
    }
  }

  /** To be called when all is read: what lies beneath and cannot build on a class that has taken the place of another goes. */
  leaveOutUnfit(): void {
    for (const { place, name } of this.#replacing) {
      const { schema } = place.space;
      const unfit = schema
        .namesBelow(name.text)
        .filter((each) => !schema.getOwnDeclaration(each) && !isFit(schema, each));
      for (const each of unfit) place.space.hideClass(each);
      if (unfit.length > 0)
        place.warn(
          name.at,
          `${unfit.join(', ')} cannot build on this ${name.text}, and ${unfit.length > 1 ? 'are' : 'is'} left out`,
        );
    }
  }

  /** To be called when all is read. */
  checkRequired(): void {
    for (const { place, name } of this.#required) {
      if (findClass(name.text, place) || this.#isExcused(place.space.name, name.text)) continue;
      this.#errors.add(place.source.errorAt(name.at, `class ${name.text} does not exist`));
    }
  }
}

function isFit(schema: Schema, name: string): boolean {
  try {
    return schema.findClass(name) !== undefined;
  } catch (error) {
    if (error instanceof SchemaError) return false;
    throw error;
  }
}

function findClass(name: string, { space, windows }: TextPlace) {
  return windows ? windows.findClass(name) : space.schema.findClass(name);
}

function rulesOf({ windows }: TextPlace): ClassRules {
  return { referencesAnywhere: windows !== undefined };
}

function buildsOnBroken(space: NamespaceBuilder, superclassName: string | undefined): boolean {
  const superclass = superclassName === undefined ? undefined : space.schema.findClass(superclassName);
  if (!superclass) return false;
  for (const ancestor of lineage(superclass)) if (space.broken.has(ancestor.name)) return true;
  return false;
}
