import { type HostDeclaration, HostNames, withHosts } from '../../cim/hosts/host-names.js';
import { hostNamespace, splitHost } from '../../cim/hosts/host-namespace.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { QualifierFlavor } from '../../cim/schema/class-declaration.js';
import type { Schema, SchemaBase } from '../../cim/schema/schema.js';
import { didYouMean } from '../../strings/nearest-name.js';
import type { CheckInstances } from '../compile-mof.js';
import type { MofDialect, MofDialectChoice } from '../dialect.js';
import { ErrorList } from '../error-list.js';
import { IncludeError } from '../include-error.js';
import type { MofCompilation } from '../mof-compilation.js';
import { MofError, MofErrors } from '../mof-error.js';
import { mofLimits } from '../mof-limits.js';
import { type MofSource, SourceText } from '../mof-source.js';
import { parseNamespaceOfHost } from '../syntax/parse-namespace.js';
import { parseText, type TextItem } from '../syntax/parse-text.js';
import type {
  ClassSyntax,
  DeclarationSyntax,
  NameSyntax,
  PragmaSyntax,
  QualifierTypeSyntax,
} from '../syntax/syntax.js';
import { showsWindows } from '../windows/windows-marks.js';
import { WindowsNames } from '../windows/windows-names.js';
import { bindQualifierType } from './bind-qualifiers.js';
import { ClassDeclarer } from './declare-class.js';
import { InstanceCollector } from './instance-collector.js';
import { NamespaceBuilder } from './namespace-builder.js';
import type { TextPlace } from './text-place.js';

/** What a {@link Compiler} is given. */
export interface CompilerOptions {
  readonly base: MofCompilation | undefined;
  readonly hosts: readonly HostDeclaration[];
  /** Whose the texts are, unless they say so themselves. */
  readonly host: string | undefined;
  readonly dialect: MofDialectChoice;
  readonly changesGivenAgain: boolean;
  readInclude(path: string, from: string): MofSource;
  /** What is there on Windows; asked for when a text is in its dialect. */
  windowsSchema(): Schema;
  /** What lies beneath a namespace for a text, which is there unless the text declares others of the same names. */
  beneath?(namespace: string, file: string): SchemaBase | undefined;
  /** What is wrong with instances of a namespace beside each other. */
  check?: CheckInstances;
}

/** A text that is being read. */
interface Reading {
  readonly source: SourceText;
  readonly includedBy: Reading | undefined;
  readonly depth: number;
  readonly choice: MofDialectChoice;
  dialect: MofDialect;
  namespace: string;
  /** The computer whose the namespace is; undefined for none in particular. */
  host: string | undefined;
  /** The same where the text begins, and after a namespace that names none. */
  readonly outerHost: string | undefined;
  /** Flavors of qualifiers whose types are left to their use. */
  readonly flavors: NameMap<Partial<QualifierFlavor>>;
}

/** What a computer can be called: a DNS name, or an address of IPv4. */
const HOST_NAME =
  /^(?=.{1,253}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*$/u;

/** Marks the host that is meant where none is named. */
const DEFAULT_HOST = 'default';

/** One compilation: classes and qualifiers take effect as they are read, instances when all is read. */
export class Compiler {
  readonly #options: CompilerOptions;
  readonly #namespaces = new NameMap<NamespaceBuilder>();
  readonly #errors = new ErrorList();
  readonly #warnings: MofError[] = [];
  readonly #classes: ClassDeclarer;
  readonly #instances: InstanceCollector;
  #hosts: HostNames;
  #files = 0;
  /** True when something could not be read, so that unknown names may be its fault. */
  #incomplete = false;
  #qualifiers = 0;

  constructor(options: CompilerOptions) {
    this.#options = options;
    this.#hosts = withHosts(options.base?.hosts, options.hosts);
    for (const [name, space] of options.base?.namespaces ?? []) {
      this.#namespaces.set(name, new NamespaceBuilder(space.name, space));
    }
    const isExcused = (namespace: string | undefined, className: string) => this.#isExcused(namespace, className);
    this.#instances = new InstanceCollector({
      errors: this.#errors,
      space: (name) => this.#space(name),
      findSpace: (name) => this.#namespaces.get(splitHost(name).namespace),
      isExcused,
      changesGivenAgain: options.changesGivenAgain,
      warn: (source, at, message) => this.#warn(source, at, message),
    });
    this.#classes = new ClassDeclarer(this.#errors, isExcused, this.#instances);
  }

  read(source: MofSource, namespace: string): void {
    const choice = source.dialect ?? this.#options.dialect;
    const dialect = choice === 'windows' ? 'windows' : 'dmtf';
    const text = new SourceText(source);
    this.#readText({
      source: text,
      includedBy: undefined,
      depth: 0,
      choice,
      dialect,
      namespace,
      host: this.#options.host,
      outerHost: this.#options.host,
      flavors: new NameMap(),
    });
  }

  /** @throws MofErrors */
  finish(): MofCompilation {
    this.#classes.checkRequired();
    this.#classes.leaveOutUnfit();
    const instances = this.#instances.finish(this.#incomplete);
    const { check } = this.#options;
    if (check && !this.#incomplete)
      for (const builder of this.#namespaces.values()) this.#instances.check(check, builder.finish().instances);
    this.#errors.throwIfAny();
    const namespaces = new NameMap([...this.#namespaces].map(([name, builder]) => [name, builder.finish()] as const));
    const counts = { classes: this.#classes.count, instances, qualifiers: this.#qualifiers };
    return { namespaces, hosts: [...this.#hosts], counts, warnings: this.#warnings };
  }

  #readText(reading: Reading): void {
    this.#files += 1;
    const { source } = reading;
    const parsed = parseText(source);
    const isOpen = reading.choice === 'auto' && reading.dialect === 'dmtf';
    if (isOpen && showsWindows(parsed, source.text)) reading.dialect = 'windows';
    if (source.notUnicode !== undefined && !this.#mayBeAnsi(source.notUnicode, reading)) return;
    for (const at of parsed.brokenStrings) this.#warn(source, at, 'the string goes over several lines');
    for (const item of parsed.items) this.#take(item, reading);
  }

  /** DSP0004 §6.2.1 wants Unicode; on Windows, files without a mark are in the code page of whoever wrote them. */
  #mayBeAnsi(problem: MofError, { choice }: Reading): boolean {
    if (choice === 'dmtf') {
      this.#incomplete = true;
      this.#errors.add(problem);
      return false;
    }
    const { file, line, column, message } = problem;
    if (this.#warnings.length < mofLimits.warnings)
      this.#warnings.push(new MofError(file, line, column, `${message}: it is read as Windows-1252 (ANSI)`));
    return true;
  }

  #take(item: TextItem, reading: Reading): void {
    const isForeign = reading.dialect === 'dmtf' && item.foreign.length > 0;
    if (isForeign) for (const { at, message } of item.foreign) this.#report(reading.source, at, message);
    if (item.kind === 'failure') {
      this.#report(reading.source, item.failure.at, item.failure.message);
      if (item.isLost) this.#incomplete = true;
      return;
    }
    const { declaration } = item;
    this.#declare(isForeign && 'broken' in declaration ? { ...declaration, broken: true } : declaration, reading);
  }

  #declare(declaration: DeclarationSyntax, reading: Reading): void {
    switch (declaration.kind) {
      case 'class':
        if (this.#countsOnWindows(declaration, reading)) reading.dialect = 'windows';
        this.#classes.add(declaration, this.#place(reading));
        break;
      case 'instance':
        this.#instances.add(declaration, this.#place(reading));
        break;
      case 'qualifier':
        this.#addQualifierType(declaration, reading);
        break;
      case 'qualifierFlavor':
        reading.flavors.set(declaration.name.text, declaration.flavor);
        break;
      case 'pragma':
        this.#obey(declaration, reading);
    }
  }

  /** True for a class with qualifiers in a namespace that has none: it counts on what is there by itself. */
  #countsOnWindows({ qualifiers, members }: ClassSyntax, reading: Reading): boolean {
    if (reading.choice !== 'auto' || this.#incomplete || !this.#spaceOf(reading).isBare) return false;
    return qualifiers.length > 0 || members.some((member) => member.qualifiers.length > 0);
  }

  #place(reading: Reading): TextPlace {
    const { source, host, flavors } = reading;
    const space = this.#spaceOf(reading);
    const namespace = host === undefined ? space.name : hostNamespace(host, space.name);
    const warn = (at: number, message: string) => this.#warn(source, at, message);
    const windows =
      reading.dialect === 'windows' ? new WindowsNames(space, this.#options.windowsSchema(), flavors, warn) : undefined;
    const report = (at: number, message: string) => this.#report(source, at, message);
    return { source, space, namespace, report, warn, incomplete: this.#incomplete, windows };
  }

  #obey(pragma: PragmaSyntax, reading: Reading): void {
    const { name, argument } = pragma;
    const kind = name.text.toLowerCase();
    const isDeletion = kind === 'deleteclass' && reading.dialect === 'windows';
    // DSP0004 §7.11: a pragma that a compiler does not know is ignored; locales change nothing here.
    if (kind !== 'namespace' && kind !== 'include' && kind !== 'host' && !isDeletion) return;
    if (!argument) {
      this.#report(reading.source, name.at, `pragma ${kind} needs a string`);
    } else if (kind === 'include') {
      this.#include(argument, reading);
    } else if (isDeletion) {
      this.#classes.remove(argument, pragma.options.includes('fail'), this.#place(reading));
    } else if (kind === 'host') {
      this.#addHost(argument, pragma.options, reading);
    } else {
      this.#enter(argument, reading);
    }
  }

  #enter({ text, at }: NameSyntax, reading: Reading): void {
    const found = parseNamespaceOfHost(text);
    const host = found?.host === undefined ? undefined : this.#hosts.find(found.host);
    if (found === undefined || (found.host !== undefined && host === undefined)) {
      const hint = found?.host === undefined ? '' : didYouMean(found.host, this.#hosts.known());
      this.#report(reading.source, at, `'${text}' is not a namespace of this server${hint}`);
      return;
    }
    reading.namespace = found.namespace;
    reading.host = host?.name ?? reading.outerHost;
  }

  /**
   * A pragma of ours, which other compilers pass over: `#pragma host("srv01.lab.example", "iscsi-a.lab.example", default)`. A text that is one
   * host's declares no others: it says what lies there.
   */
  #addHost({ text: name, at }: NameSyntax, options: readonly string[], { source, outerHost }: Reading): void {
    if (outerHost !== undefined) return;
    if (!HOST_NAME.test(name)) {
      this.#report(source, at, `'${name}' is not the name of a host`);
      return;
    }
    const aliases = options.filter((option) => option !== DEFAULT_HOST);
    const declared: HostDeclaration = { name, aliases, isDefault: options.includes(DEFAULT_HOST) };
    const others = [...this.#hosts];
    // Whoever starts the lab may have said more of it, under any of its names; and which of all is the default.
    const given = others.find((one) => this.#options.hosts.includes(one) && new HostNames([declared]).find(one.name));
    const isChosen = this.#options.hosts.some(({ isDefault }) => isDefault);
    const host: HostDeclaration = {
      name,
      aliases: [...aliases, ...(given?.aliases ?? [])],
      isDefault: isChosen ? given?.isDefault === true : declared.isDefault,
    };
    const hosts = new HostNames([...others.filter((one) => one !== given), host]);
    if (hosts.problem === undefined) this.#hosts = hosts;
    else this.#report(source, at, `host ${name}: ${hosts.problem.text}`);
  }

  /** An included text begins in the namespace of the pragma, and what it changes about that ends with it. */
  #include(path: NameSyntax, reading: Reading): void {
    const source = this.#fetch(path, reading);
    if (!source) return;
    const { namespace, host, depth, choice, dialect, flavors } = reading;
    this.#readText({
      source: new SourceText(source),
      includedBy: reading,
      depth: depth + 1,
      ...{ choice, dialect, namespace, host, outerHost: host, flavors },
    });
  }

  #fetch({ text: path, at }: NameSyntax, reading: Reading): MofSource | undefined {
    try {
      const source = this.#options.readInclude(path, reading.source.file);
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

  #addQualifierType(syntax: QualifierTypeSyntax, reading: Reading): void {
    const { source } = reading;
    const space = this.#spaceOf(reading);
    const declaration = bindQualifierType(syntax, (at, message) => this.#report(source, at, message));
    if (!declaration) {
      this.#incomplete = true;
      return;
    }
    const outcome = space.declareQualifierType(declaration, reading.dialect);
    if (outcome === 'new') this.#qualifiers += 1;
    if (outcome !== 'other') return;
    const message = `qualifier ${declaration.name} is declared already, and otherwise`;
    if (reading.dialect === 'windows') this.#warn(source, syntax.name.at, `${message}: the first one counts`);
    else this.#report(source, syntax.name.at, message);
  }

  #isExcused(namespace: string | undefined, className: string): boolean {
    if (this.#incomplete) return true;
    if (namespace === undefined) return false;
    return this.#namespaces.get(splitHost(namespace).namespace)?.broken.has(className) === true;
  }

  /** That of a text, with what lies beneath it. */
  #spaceOf({ namespace, source }: Reading): NamespaceBuilder {
    const space = this.#space(namespace);
    const base = this.#options.beneath?.(namespace, source.file);
    if (base) space.layOver(base);
    return space;
  }

  /** Whosever it is: all computers have the same classes. */
  #space(stored: string): NamespaceBuilder {
    const name = splitHost(stored).namespace;
    const found = this.#namespaces.get(name);
    if (found) return found;
    const created = new NamespaceBuilder(name, undefined);
    this.#namespaces.set(name, created);
    return created;
  }

  #report(source: SourceText, at: number, message: string): void {
    this.#errors.add(source.errorAt(at, message));
  }

  #warn(source: SourceText, at: number, message: string): void {
    if (this.#warnings.length < mofLimits.warnings) this.#warnings.push(source.errorAt(at, message));
  }
}
