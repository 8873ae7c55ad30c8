import type { CimClass } from '../../cim/model/cim-class.js';
import { type CimType, plainType } from '../../cim/model/cim-type.js';
import type { NameMap } from '../../cim/model/name-map.js';
import type { QualifierFlavor, QualifierTypeDeclaration } from '../../cim/schema/class-declaration.js';
import type { Schema } from '../../cim/schema/schema.js';
import type { NamespaceBuilder } from '../bind/namespace-builder.js';
import type { QualifierSyntax, ValueSyntax } from '../syntax/syntax.js';

/** WMI hands qualifiers down only where a flavor says so. */
const undeclaredFlavor: QualifierFlavor = { overridable: true, toSubclass: false, translatable: false };

/** What a namespace has for texts in Windows' dialect beyond what was declared in it: it is declared when it is needed. */
export class WindowsNames {
  readonly #space: NamespaceBuilder;
  readonly #known: Schema;
  readonly #warn: (at: number, message: string) => void;
  readonly #flavors: NameMap<Partial<QualifierFlavor>>;

  /**
   * @param known the classes and qualifiers that are there on Windows
   * @param flavors those that the text gave to qualifiers without saying their types
   * @param warn told of what was taken though it is doubtful
   */
  constructor(
    space: NamespaceBuilder,
    known: Schema,
    flavors: NameMap<Partial<QualifierFlavor>>,
    warn: (at: number, message: string) => void,
  ) {
    this.#space = space;
    this.#known = known;
    this.#flavors = flavors;
    this.#warn = warn;
  }

  warn(at: number, message: string): void {
    this.#warn(at, message);
  }

  /** A class of the namespace or of Windows. */
  findClass(name: string): CimClass | undefined {
    return this.#space.schema.findClass(name) ?? this.#declareClass(name);
  }

  #declareClass(name: string): CimClass | undefined {
    const declaration = this.#known.getDeclaration(name);
    if (!declaration) return undefined;
    if (declaration.superclassName !== undefined) this.findClass(declaration.superclassName);
    for (const { qualifiers } of [declaration, ...declaration.properties]) {
      for (const qualifier of qualifiers) this.findQualifierType(qualifier.name);
    }
    this.#space.addClass(declaration, { referencesAnywhere: true });
    const found = this.#space.schema.findClass(declaration.name);
    // What its references and embedded instances name is there as well. A class in a circle is found by now.
    for (const { type } of found?.properties.values() ?? []) {
      const named = type.referenceClass ?? (type.embedded?.kind === 'instance' ? type.embedded.className : undefined);
      if (named !== undefined) this.findClass(named);
    }
    return found;
  }

  /** A qualifier type of the namespace or of Windows. */
  findQualifierType(name: string): QualifierTypeDeclaration | undefined {
    const found = this.#space.schema.getQualifierType(name);
    if (found) return found;
    const known = this.#known.getQualifierType(name);
    if (!known) return undefined;
    const declared = { ...known, flavor: { ...known.flavor, ...this.#flavors.get(name) } };
    this.#space.addQualifierType(declared);
    return declared;
  }

  /** The type of a qualifier as it is used; one that nobody declared gets the type of the value that it has there. */
  typeOf({ name: { text, at }, value }: QualifierSyntax): QualifierTypeDeclaration {
    const found = this.findQualifierType(text);
    if (found) return found;
    const flavor = this.#flavors.get(text);
    if (!flavor) this.#warn(at, `qualifier ${text} is not declared`);
    const implied: QualifierTypeDeclaration = {
      name: text,
      type: impliedType(value),
      defaultValue: null,
      scopes: new Set(['any']),
      flavor: { ...undeclaredFlavor, ...flavor },
    };
    this.#space.addQualifierType(implied);
    return implied;
  }
}

function impliedType(value: ValueSyntax | undefined): CimType {
  if (value?.kind !== 'array') return plainType(impliedName(value));
  return plainType(impliedName(value.items[0] ?? undefined, 'string'), { kind: 'Bag', size: undefined });
}

function impliedName(value: ValueSyntax | undefined, otherwise: 'boolean' | 'string' = 'boolean') {
  switch (value?.kind) {
    case 'integer':
      return value.value >= -0x8000_0000 && value.value <= 0x7fff_ffff ? 'sint32' : 'sint64';
    case 'real':
      return 'real64';
    case 'string':
    case 'null':
      return 'string';
    case 'char':
      return 'char16';
    default:
      return otherwise;
  }
}
