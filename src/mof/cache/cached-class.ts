import type {
  ClassDeclaration,
  MethodDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
} from '../../cim/schema/class-declaration.js';
import type { DeclarationDecoder } from './declaration-codec.js';
import type { Json } from './json.js';

/** A class declaration as a cache holds it, read when it is first asked for more than its name and that of its superclass. */
export class CachedClass implements ClassDeclaration {
  readonly name: string;
  readonly superclassName: string | undefined;
  readonly #line: string;
  readonly #decoder: DeclarationDecoder;
  #whole: ClassDeclaration | undefined;

  /** @param line the JSON of the whole declaration */
  constructor(name: string, superclassName: string | undefined, line: string, decoder: DeclarationDecoder) {
    this.name = name;
    this.superclassName = superclassName;
    this.#line = line;
    this.#decoder = decoder;
  }

  /** @throws CodecError when the line is not that of a class declaration */
  get qualifiers(): readonly QualifierDeclaration[] {
    return this.#read().qualifiers;
  }

  /** @throws CodecError as {@link qualifiers} */
  get properties(): readonly PropertyDeclaration[] {
    return this.#read().properties;
  }

  /** @throws CodecError as {@link qualifiers} */
  get methods(): readonly MethodDeclaration[] {
    return this.#read().methods;
  }

  #read(): ClassDeclaration {
    this.#whole ??= this.#decoder.decodeClass(JSON.parse(this.#line) as Json);
    return this.#whole;
  }
}
