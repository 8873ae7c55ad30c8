import { lineage } from '../../cim/model/cim-class.js';
import { NameMap } from '../../cim/model/name-map.js';
import { SchemaError } from '../../cim/schema/schema-error.js';
import { ErrorList } from '../error-list.js';
import { IncludeError } from '../include-error.js';
import type { MofCompilation } from '../mof-compilation.js';
import { MofErrors } from '../mof-error.js';
import { mofLimits } from '../mof-limits.js';
import { type MofSource, SourceText } from '../mof-source.js';
import { parseDeclaration } from '../syntax/parse-declaration.js';
import { parseNamespace } from '../syntax/parse-namespace.js';
import { skipDeclaration } from '../syntax/recover.js';
import type { ClassSyntax, InstanceSyntax, NameSyntax, PragmaSyntax, QualifierTypeSyntax } from '../syntax/syntax.js';
import { SyntaxFailure, TokenReader } from '../syntax/token-reader.js';
import { bindClass } from './bind-class.js';
import { bindQualifierType } from './bind-qualifiers.js';
import { InstanceBinder } from './instance-binder.js';
import { createEntry, type InstanceEntry } from './instance-entry.js';
import { locateSchemaError } from './locate-schema-error.js';
import { NamespaceBuilder } from './namespace-builder.js';
import { sameClass, sameQualifierType } from './same-declaration.js';

/** A text that is being read. */
interface Reading {
  readonly source: SourceText;
  readonly includedBy: Reading | undefined;
  readonly depth: number;
  namespace: string;
}

/** A class that a reference or an embedded instance named before it was declared. */
interface RequiredClass {
  readonly source: SourceText;
  readonly space: NamespaceBuilder;
  readonly name: NameSyntax;
}

/** One compilation: classes and qualifiers take effect as they are read, instances when all is read. */
export class Compiler {
  readonly #namespaces = new NameMap<NamespaceBuilder>();
  readonly #readInclude: (path: string, from: string) => MofSource;
  readonly #errors = new ErrorList();
  readonly #entries: InstanceEntry[] = [];
  readonly #aliases = new NameMap<InstanceEntry | 'class'>();
  readonly #required: RequiredClass[] = [];
  #files = 0;
  /** True when something could not be read, so that unknown names may be its fault. */
  #incomplete = false;
  #classes = 0;
  #qualifiers = 0;

  constructor(base: MofCompilation | undefined, readInclude: (path: string, from: string) => MofSource) {
    this.#readInclude = readInclude;
    for (const [name, space] of base?.namespaces ?? []) {
      this.#namespaces.set(name, new NamespaceBuilder(space.name, space));
    }
  }

  read(source: MofSource, namespace: string): void {
    this.#readText({ source: new SourceText(source), includedBy: undefined, depth: 0, namespace });
  }

  /** @throws MofErrors */
  finish(): MofCompilation {
    for (const required of this.#required) this.#checkRequired(required);
    const instances = this.#bindInstances();
    this.#errors.throwIfAny();
    const namespaces = new NameMap([...this.#namespaces].map(([name, builder]) => [name, builder.finish()] as const));
    return { namespaces, counts: { classes: this.#classes, instances, qualifiers: this.#qualifiers } };
  }

  #readText(reading: Reading): void {
    this.#files += 1;
    const reader = new TokenReader(reading.source);
    const report = (failure: SyntaxFailure) => this.#report(reading.source, failure.at, failure.message);
    while (reader.kind !== 'end') {
      try {
        const declaration = parseDeclaration(reader, report);
        if (declaration.kind === 'class') this.#addClass(declaration, reading);
        else if (declaration.kind === 'instance') this.#addInstance(declaration, reading);
        else if (declaration.kind === 'qualifier') this.#addQualifierType(declaration, reading);
        else this.#obey(declaration, reading);
      } catch (error) {
        if (!(error instanceof SyntaxFailure)) throw error;
        report(error);
        this.#incomplete = true;
        skipDeclaration(reader);
      }
    }
  }

  #obey({ name, argument }: PragmaSyntax, reading: Reading): void {
    const pragma = name.text.toLowerCase();
    // DSP0004 §7.11: a pragma that a compiler does not know is ignored; locales change nothing here.
    if (pragma !== 'namespace' && pragma !== 'include') return;
    if (!argument) {
      this.#report(reading.source, name.at, `pragma ${pragma} needs a string`);
    } else if (pragma === 'include') {
      this.#include(argument, reading);
    } else {
      const namespace = parseNamespace(argument.text);
      if (namespace !== undefined) reading.namespace = namespace;
      else this.#report(reading.source, argument.at, `'${argument.text}' is not a namespace of this server`);
    }
  }

  /** An included text begins in the namespace of the pragma, and what it changes about that ends with it. */
  #include(path: NameSyntax, reading: Reading): void {
    const source = this.#fetch(path, reading);
    if (!source) return;
    const { namespace, depth } = reading;
    this.#readText({ source: new SourceText(source), includedBy: reading, depth: depth + 1, namespace });
  }

  #fetch({ text: path, at }: NameSyntax, reading: Reading): MofSource | undefined {
    try {
      const source = this.#readInclude(path, reading.source.file);
      this.#checkInclude(source, reading);
      return source;
    } catch (error) {
      if (!(error instanceof IncludeError) && !(error instanceof MofErrors)) throw error;
      this.#incomplete = true;
      if (error instanceof IncludeError) this.#report(reading.source, at, error.message);
      else for (const one of error.errors) this.#errors.add(one);
      return undefined;
    }
  }

  #checkInclude(source: MofSource, reading: Reading): void {
    for (let outer: Reading | undefined = reading; outer; outer = outer.includedBy) {
      if (outer.source.file === source.file) throw new IncludeError(`${source.file} includes itself`);
    }
    if (reading.depth >= mofLimits.includeDepth) {
      throw new IncludeError(`files include each other deeper than ${mofLimits.includeDepth} levels`);
    }
    if (this.#files >= mofLimits.files) throw new IncludeError(`more than ${mofLimits.files} files are included`);
  }

  #addQualifierType(syntax: QualifierTypeSyntax, { source, namespace: name }: Reading): void {
    const space = this.#space(name);
    const declaration = bindQualifierType(syntax, (at, message) => this.#report(source, at, message));
    if (!declaration) {
      this.#incomplete = true;
      return;
    }
    const existing = space.schema.getQualifierType(declaration.name);
    if (!existing) {
      space.addQualifierType(declaration);
      this.#qualifiers += 1;
    } else if (!sameQualifierType(existing, declaration)) {
      this.#report(source, syntax.name.at, `qualifier ${declaration.name} is declared already, and otherwise`);
    }
  }

  #addClass(syntax: ClassSyntax, { source, namespace: name }: Reading): void {
    const space = this.#space(name);
    this.#addAlias(syntax.alias, 'class', source);
    let failed = syntax.broken;
    const report = (at: number, message: string) => {
      failed = true;
      this.#report(source, at, message);
    };
    const { superclass } = syntax;
    const known = superclass === undefined || space.schema.findClass(superclass.text) !== undefined;
    if (superclass && !known && !this.#isExcused(name, superclass.text)) {
      report(superclass.at, `superclass ${superclass.text} of ${syntax.name.text} does not exist`);
    }
    const requireClass = (required: NameSyntax) => {
      if (!space.schema.findClass(required.text)) this.#required.push({ source, space, name: required });
    };
    const context = { schema: space.schema, report, incomplete: this.#incomplete, requireClass };
    const declaration = bindClass(syntax, context);
    if (failed || !known) space.broken.set(syntax.name.text, true);
    if (!known) return;
    const existing = space.schema.getDeclaration(declaration.name);
    if (existing) {
      if (!failed && !sameClass(existing, declaration)) {
        report(syntax.name.at, `class ${declaration.name} is declared already, and otherwise`);
      }
      return;
    }
    this.#register(space, syntax, declaration, failed, source);
  }

  #register(
    space: NamespaceBuilder,
    syntax: ClassSyntax,
    declaration: ReturnType<typeof bindClass>,
    failed: boolean,
    source: SourceText,
  ): void {
    try {
      space.addClass(declaration);
      this.#classes += 1;
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      space.broken.set(syntax.name.text, true);
      // With parts left out, or built on a class with parts left out, the rest may be wrong for that reason alone.
      if (failed || this.#buildsOnBroken(space, declaration.superclassName)) return;
      if (this.#incomplete && error.place.qualifier === undefined) return;
      this.#report(source, locateSchemaError(error.place, syntax), error.message);
    }
  }

  #buildsOnBroken(space: NamespaceBuilder, superclassName: string | undefined): boolean {
    const superclass = superclassName === undefined ? undefined : space.schema.findClass(superclassName);
    if (!superclass) return false;
    for (const ancestor of lineage(superclass)) if (space.broken.has(ancestor.name)) return true;
    return false;
  }

  #addInstance(syntax: InstanceSyntax, { source, namespace }: Reading): void {
    const entry = createEntry(syntax, this.#space(namespace).name);
    this.#addAlias(syntax.alias, entry, source);
    this.#entries.push(entry);
  }

  #addAlias(alias: NameSyntax | undefined, value: InstanceEntry | 'class', source: SourceText): void {
    if (!alias) return;
    if (this.#aliases.has(alias.text)) this.#report(source, alias.at, `alias $${alias.text} is given twice`);
    else this.#aliases.set(alias.text, value);
  }

  #checkRequired({ source, space, name }: RequiredClass): void {
    if (space.schema.findClass(name.text) || this.#isExcused(space.name, name.text)) return;
    this.#report(source, name.at, `class ${name.text} does not exist`);
  }

  /** @returns how many instances there are now that were not there before */
  #bindInstances(): number {
    const binder = new InstanceBinder({
      errors: this.#errors,
      namespace: undefined,
      schemaOf: (namespace) => (namespace === undefined ? undefined : this.#namespaces.get(namespace)?.schema),
      isExcused: (namespace, className) => this.#isExcused(namespace, className),
      findAlias: (name) => this.#aliases.get(name),
      incomplete: this.#incomplete,
      allowQuotedIntegers: false,
    });
    // Whether an instance is the value of another shows when all are bound.
    for (const entry of this.#entries) binder.bind(entry);
    let count = 0;
    for (const entry of this.#entries) if (this.#store(entry)) count += 1;
    return count;
  }

  #store(entry: InstanceEntry): boolean {
    if (entry.instance.state !== 'done') return false;
    const { value: instance } = entry.instance;
    const { source, className } = entry.syntax;
    if (instance.path) {
      if (this.#space(entry.namespace ?? '').addInstance(instance)) return true;
      this.#report(source, className.at, `instance ${instance.path.toString()} exists already`);
    } else if (!entry.isEmbedded) {
      this.#report(source, className.at, `class ${instance.className} has no key, so its instance can only be a value`);
    }
    return false;
  }

  #isExcused(namespace: string | undefined, className: string): boolean {
    if (this.#incomplete) return true;
    return namespace !== undefined && this.#namespaces.get(namespace)?.broken.has(className) === true;
  }

  #space(name: string): NamespaceBuilder {
    const found = this.#namespaces.get(name);
    if (found) return found;
    const created = new NamespaceBuilder(name, undefined);
    this.#namespaces.set(name, created);
    return created;
  }

  #report(source: SourceText, at: number, message: string): void {
    this.#errors.add(source.errorAt(at, message));
  }
}
