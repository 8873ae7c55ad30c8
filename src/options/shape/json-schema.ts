/**
 * As much of JSON Schema as ours are written in: those of the control API, of files of settings and of rules. TypeBox makes them, and a
 * test fails when one of them says more than this.
 */
export interface JsonSchema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | undefined;
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  /** False: none. Anything else is as if it were not said. */
  readonly additionalProperties?: boolean | object | undefined;
  readonly minProperties?: number | undefined;
  readonly items?: JsonSchema | readonly JsonSchema[] | undefined;
  readonly minItems?: number | undefined;
  readonly minLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** The value is a secret: messages do not quote it. */
  readonly writeOnly?: boolean | undefined;
}

/** The text values among which one must be chosen, or that may stand for another kind of value. */
export function wordsOf({ const: only, anyOf = [] }: JsonSchema): readonly string[] {
  const words = only === undefined ? anyOf.map((branch) => branch.const) : [only];
  return words.filter((word) => typeof word === 'string');
}
