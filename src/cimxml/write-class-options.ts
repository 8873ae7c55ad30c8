/** What a class declaration tells of the class: the options of GetClass (DSP0200 §5.3.2.1) as MI clients name them. */
export interface WriteClassOptions {
  /** Without them neither keys nor the direction of parameters can be seen. */
  readonly includeQualifiers: boolean;
  /** False (DSP0200 calls it LocalOnly): only what the class itself adds or overrides. */
  readonly includeInheritedElements: boolean;
  /** DERIVATION: the names of all superclasses. MI clients take a class without it for one without superclass. */
  readonly includeInheritanceHierarchy: boolean;
  /** CLASSORIGIN: MI clients give a superclass, which they build from DERIVATION, the elements of that origin. */
  readonly includeClassOrigin: boolean;
}
