/** What a class declaration says, in a form in which two can be compared. */
export interface ClassFacts {
  readonly name: string;
  readonly superclass: string | undefined;
  readonly derivation: readonly string[] | undefined;
  readonly qualifiers: readonly QualifierFacts[];
  readonly properties: readonly PropertyFacts[];
  readonly methods: readonly MethodFacts[];
}

export interface QualifierFacts {
  readonly name: string;
  readonly type: string;
  readonly value: ValueFacts;
  readonly propagated: boolean;
  readonly overridable: boolean;
  readonly toSubclass: boolean;
  readonly translatable: boolean;
}

/** A datetime and a path as their text. */
export type ValueFacts = PlainValue | readonly (PlainValue | null)[] | undefined;
export type PlainValue = string | number | bigint | boolean;

export interface TypeFacts {
  /** `reference` for `CLASS REF`. */
  readonly type: string;
  readonly referenceClass: string | undefined;
  readonly isArray: boolean;
  readonly size: number | undefined;
}

export interface ParameterFacts extends TypeFacts {
  readonly name: string;
  readonly qualifiers: readonly QualifierFacts[];
}

export interface PropertyFacts extends ParameterFacts {
  readonly origin: string | undefined;
  readonly propagated: boolean;
  readonly embedded: string | undefined;
  readonly defaultValue: ValueFacts;
}

export interface MethodFacts {
  readonly name: string;
  readonly returnType: string;
  readonly origin: string | undefined;
  readonly propagated: boolean;
  readonly qualifiers: readonly QualifierFacts[];
  readonly parameters: readonly ParameterFacts[];
}
