/** The parameters of a method by name: `input` what it takes, `output` what it gives back, ReturnValue among it. */
export interface MethodTypes {
  readonly input: object;
  readonly output: object;
  /** There when the method may be called on the class alone. */
  readonly isStatic?: true;
}

/** The properties and methods of a class by name, in the types that its MOF declares. */
export interface ClassTypes {
  readonly properties: object;
  readonly methods: object;
}

/**
 * The classes that this program knows by their types. It is empty: a file that `cimulator types` wrote adds to it.
 *
 * ```ts
 * declare module 'cimulator' {
 *   interface CimClasses {
 *     ACME_Door: { properties: { readonly DoorID: string }; methods: Record<never, never> };
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: other files add to it, which a type cannot have done to it
export interface CimClasses {}

/** The name of a class in {@link CimClasses}. */
export type KnownClassName = Extract<keyof CimClasses, string>;

/** The properties of a known class. */
export type PropertiesOf<C extends KnownClassName> = CimClasses[C] extends {
  readonly properties: infer P extends object;
}
  ? P
  : never;

/** The methods of a known class. */
export type MethodsOf<C extends KnownClassName> = CimClasses[C] extends { readonly methods: infer M extends object }
  ? M
  : never;

/** The name of a method of a known class. */
export type MethodNameOf<C extends KnownClassName> = Extract<keyof MethodsOf<C>, string>;
