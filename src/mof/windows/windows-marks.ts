import { NameMap } from '../../cim/model/name-map.js';
import type { ParsedText } from '../syntax/parse-text.js';
import type {
  ClassSyntax,
  DeclarationSyntax,
  InstanceSyntax,
  PragmaSyntax,
  QualifierSyntax,
} from '../syntax/syntax.js';
import { windowsClasses } from './class-text.js';
import { windowsQualifiers } from './qualifier-texts.js';

/** Qualifiers that only Windows has: two that the built-in schema declares, and those of the catalogue. */
let qualifierNames: NameMap<true> | undefined;
let classNames: NameMap<true> | undefined;

const windowsPragmas: ReadonlySet<string> = new Set([
  'amendment',
  'autorecover',
  'classflags',
  'deleteclass',
  'deleteinstance',
  'instanceflags',
]);

/** The comment that Desired State Configuration puts in front of its documents. */
const DSC_HEAD = /^\ufeff?\s*(?:\/\*|\/\/)[^*]{0,1000}@TargetNode\s*=/i;

/**
 * True for a text that Windows' compiler is meant to read: it has what DSP0004 does not have, or names what only Windows
 * knows. What merely is wrong (an unknown qualifier, a class that is missing) is no mark.
 */
export function showsWindows(parsed: ParsedText, text: string): boolean {
  if (parsed.isOfWindows || DSC_HEAD.test(text.slice(0, 2000))) return true;
  const classes = new DeclaredClasses();
  for (const item of parsed.items) {
    if (item.foreign.length > 0) return true;
    if (item.kind === 'declaration' && isWindows(item.declaration, classes, parsed.usedAliases)) return true;
  }
  return false;
}

function isWindows(
  declaration: DeclarationSyntax,
  classes: DeclaredClasses,
  usedAliases: ReadonlySet<string>,
): boolean {
  switch (declaration.kind) {
    case 'class':
      return !classes.add(declaration) || isWindowsClass(declaration) || classes.isReferenceMisplaced(declaration);
    case 'instance':
      return isWindowsInstance(declaration) || (!isUsed(declaration, usedAliases) && classes.areKeyless(declaration));
    case 'pragma':
      if (declaration.name.text.toLowerCase() === 'namespace') classes.enter(declaration.argument?.text ?? '');
      return isWindowsPragma(declaration);
    default:
      return declaration.kind === 'qualifierFlavor';
  }
}

function isWindowsClass({ name, superclass, qualifiers, members }: ClassSyntax): boolean {
  if (isWindowsName(name.text) || (superclass && isWindowsName(superclass.text))) return true;
  return hasWindowsQualifier(qualifiers) || members.some((member) => hasWindowsQualifier(member.qualifiers));
}

function isWindowsInstance({ className, qualifiers, assignments }: InstanceSyntax): boolean {
  if (isWindowsName(className.text) || hasWindowsQualifier(qualifiers)) return true;
  return assignments.some((assignment) => hasWindowsQualifier(assignment.qualifiers));
}

/** A namespace of another machine is one of a lab's hosts, in whichever dialect that is written. */
const THIS_MACHINE = /^[\\/]{2}(?:\.|localhost)[\\/]/i;

function isWindowsPragma({ name, argument }: PragmaSyntax): boolean {
  const pragma = name.text.toLowerCase();
  return windowsPragmas.has(pragma) || (pragma === 'namespace' && THIS_MACHINE.test(argument?.text ?? ''));
}

function isWindowsName(name: string): boolean {
  classNames ??= new NameMap([...windowsClasses.matchAll(/\bclass (\w+)/g)].map(([, found]) => [found ?? '', true]));
  return name.startsWith('__') || (classNames.has(name) && !name.startsWith('CIM_'));
}

function hasWindowsQualifier(qualifiers: readonly QualifierSyntax[]): boolean {
  if (qualifiers.length === 0) return false;
  qualifierNames ??= new NameMap(
    ['dynamic', ...Object.values(windowsQualifiers).flatMap((names) => names.split(' '))].map((name) => [name, true]),
  );
  const names = qualifierNames;
  return qualifiers.some(({ name }) => names.has(name.text));
}

function isNamed({ name }: QualifierSyntax, wanted: string): boolean {
  return name.text.toLowerCase() === wanted;
}

function isUsed({ alias }: InstanceSyntax, usedAliases: ReadonlySet<string>): boolean {
  return alias !== undefined && usedAliases.has(alias.text.toLowerCase());
}

/** The classes of a text, by the namespace that it is in. */
class DeclaredClasses {
  readonly #namespaces = new NameMap<NameMap<ClassSyntax>>();
  #classes = new NameMap<ClassSyntax>();

  constructor() {
    this.#namespaces.set('', this.#classes);
  }

  enter(text: string): void {
    const namespace = text.replaceAll('\\', '/');
    this.#classes = this.#namespaces.get(namespace) ?? new NameMap();
    this.#namespaces.set(namespace, this.#classes);
  }

  /** False when there is one of that name. */
  add(declaration: ClassSyntax): boolean {
    if (this.#classes.has(declaration.name.text)) return false;
    this.#classes.set(declaration.name.text, declaration);
    return true;
  }

  /** True for instances of a class that has no key, as far as the text itself tells. */
  areKeyless({ className }: InstanceSyntax): boolean {
    return this.#none(className.text, hasKey);
  }

  /** True for a class with a reference that is no association, as far as the text itself tells: that is inherited as well. */
  isReferenceMisplaced({ name, members }: ClassSyntax): boolean {
    const hasReference = members.some((member) => member.kind === 'property' && member.type.name === 'reference');
    return hasReference && this.#none(name.text, isMarkedAssociation);
  }

  /** True when neither the class nor any above it passes, and all of them are in the text. */
  #none(className: string, passes: (declaration: ClassSyntax) => boolean): boolean {
    const seen = new Set<ClassSyntax>();
    for (let name = className; ; ) {
      const found = this.#classes.get(name);
      if (!found || seen.has(found) || passes(found)) return false;
      if (!found.superclass) return true;
      seen.add(found);
      name = found.superclass.text;
    }
  }
}

function isMarkedAssociation({ qualifiers }: ClassSyntax): boolean {
  return qualifiers.some((qualifier) => isNamed(qualifier, 'association'));
}

function hasKey({ qualifiers, members }: ClassSyntax): boolean {
  if (qualifiers.some((qualifier) => isNamed(qualifier, 'singleton'))) return true;
  return members.some((member) => member.qualifiers.some((qualifier) => isNamed(qualifier, 'key')));
}
