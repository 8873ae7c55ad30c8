import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import { labelAmong } from '../../cim/model/value-map.js';
import type { MethodDescription } from '../class-description.js';
import { type KnownClasses, readTyped } from './read-typed-value.js';
import { groupByName, isNil, readElements } from './read-value.js';
import type { ResponseElement } from './response-element.js';

/** What a method returned. */
export interface InvokeResult {
  /** ReturnValue, when the answer has one and it is an integer that fits a number; else see `outputs`. */
  readonly returnValue: number | undefined;
  /** What the value map of the class declaration says of `returnValue`, where the declaration is at hand. */
  readonly returnLabel?: string | undefined;
  /** Why the method ended as it did, where our own server tells beside the answer (`Cimulator-Reason`). */
  readonly reason?: string | undefined;
  /**
   * Out parameters by name, in any case, in the types that the class declares (`uint64` is a bigint); without ReturnValue when
   * `returnValue` has it. Where no declaration is at hand, numbers and booleans are text.
   */
  readonly outputs: NameMap<CimValue>;
  /** The answer as it came. */
  readonly xml: string;
}

/**
 * The output element of an answer's Body is its first child whatever its name: `METHOD_OUTPUT` by the standard, the class name
 * from OMI. A Body without one is a method without outputs.
 */
export function outputElement(body: ResponseElement): ResponseElement {
  return body.children[0] ?? body;
}

/** Whether the answer says more than an integer ReturnValue and NULLs, which read the same whatever the class declares. */
export function needsDeclaration(output: ResponseElement): boolean {
  return output.children.some(
    (child) => !isNil(child) && !(isReturnValue(child.name) && integer(child.text) !== undefined),
  );
}

/**
 * Reads the output element of an answer.
 *
 * @param known the method's declaration, if it is known, and the classes of embedded instances; and whether they give outputs their types,
 *   or ReturnValue its label alone
 */
export function readInvokeResult(
  output: ResponseElement,
  xml: string,
  known: {
    readonly method?: MethodDescription | undefined;
    readonly classes?: KnownClasses;
    readonly typed?: boolean;
  } = {},
): InvokeResult {
  const { method, classes = new NameMap(), typed = true } = known;
  const outputs = new NameMap<CimValue>();
  let returnValue: number | undefined;
  for (const [name, elements] of groupByName(output)) {
    const code = isReturnValue(name) ? returnedInteger(elements) : undefined;
    if (code !== undefined) {
      returnValue = code;
      continue;
    }
    const parameter = typed ? method?.parameters.get(name) : undefined;
    const type = typed && isReturnValue(name) ? method?.returnType : parameter?.type;
    outputs.set(parameter?.name ?? name, type ? readTyped(elements, type, classes) : readElements(elements));
  }
  const returnLabel = method && returnLabelOf(method, returnValue);
  return { returnValue, ...(returnLabel !== undefined && { returnLabel }), outputs, xml };
}

function returnLabelOf({ qualifiers }: MethodDescription, returnValue: number | undefined): string | undefined {
  return returnValue === undefined
    ? undefined
    : labelAmong(qualifiers.get('Values'), qualifiers.get('ValueMap'), returnValue);
}

function isReturnValue(name: string): boolean {
  return name.toLowerCase() === 'returnvalue';
}

function returnedInteger(elements: readonly ResponseElement[]): number | undefined {
  const [only] = elements;
  return only && elements.length === 1 && !isNil(only) ? integer(only.text) : undefined;
}

function integer(text: string): number | undefined {
  const value = /^\s*[+-]?\d{1,16}\s*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
