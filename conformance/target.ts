/** Values by the name of their selector. */
export type Selectors = Readonly<Record<string, string>>;

/** The server under test, and what is known to exist on it. */
export interface Target {
  readonly namespace: string;
  /** A concrete class with instances. */
  readonly className: string;
  /** Keys of one instance of it, without `__cimnamespace`. */
  readonly selectors: Selectors;
  /** A method of the class that takes no parameters, when one was named. */
  readonly method: string | undefined;
  /** True when the server runs the default lab of this project. */
  readonly lab: boolean;
  /** Distinguishes what this run creates from what is there. */
  readonly run: string;
}
