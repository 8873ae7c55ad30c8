/** Where it is written down what happens: facts, and a text that says what they are about. */
export interface Logger {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  /** `facts.err` is an error that nobody expected, of a provider or of ours, with its stack. */
  error(facts: object, message: string): void;
  /** Whether lines of a level (`debug`, `info`, `warn`, `error`) are written down at all. */
  isLevelEnabled(level: string): boolean;
}

/** A logger as it is given to an endpoint: pino's are such, and `console`. One that cannot say its level gets everything. */
export type EndpointLogger = Omit<Logger, 'isLevelEnabled'> & Partial<Pick<Logger, 'isLevelEnabled'>>;
