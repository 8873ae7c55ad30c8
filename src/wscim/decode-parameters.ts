import type { CimMethod, CimParameter } from '../cim/model/cim-class.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { NameMap } from '../cim/model/name-map.js';
import { outputOnlyError } from '../cim/model/output-only-error.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { unknownParameterText } from '../cim/model/unknown-parameter-text.js';
import type { XmlElement } from '../xml/xml-element.js';
import { isNil } from '../xml/xsi.js';
import { decodeValue, decodeValueInSteps } from './decode-value.js';
import { UnknownNameError } from './unknown-name-error.js';
import type { WscimContext } from './wscim-context.js';

/** The elements of one parameter. */
interface Group {
  readonly parameter: CimParameter;
  readonly elements: XmlElement[];
}

/**
 * Reads the parameters of a method call from the input element (DSP0230 §10.3): by local name without case, in any
 * order and namespace, since clients differ in all three. A NULL for an output-only parameter is what clients send that
 * fill in the whole signature; it is dropped.
 *
 * @param input the first child of Body, undefined for an empty Body
 * @throws CimError InvalidParameter for an unknown or output-only parameter, TypeMismatch
 */
export function decodeParameters(
  input: XmlElement | undefined,
  method: CimMethod,
  context: WscimContext,
): NameMap<CimValue> {
  const values = new NameMap<CimValue>();
  for (const { parameter, elements } of givenParameters(input, method)) {
    values.set(parameter.name, decodeValue(elements, parameter, `Parameter ${parameter.name}`, context));
  }
  return values;
}

/** The same in steps ({@link decodeValueInSteps}). */
export function* decodeParametersInSteps(
  input: XmlElement | undefined,
  method: CimMethod,
  context: WscimContext,
): Generator<void, NameMap<CimValue>, void> {
  const values = new NameMap<CimValue>();
  for (const { parameter, elements } of givenParameters(input, method)) {
    const value = yield* decodeValueInSteps(elements, parameter, `Parameter ${parameter.name}`, context);
    values.set(parameter.name, value);
  }
  return values;
}

function givenParameters(input: XmlElement | undefined, method: CimMethod): readonly Group[] {
  return groupByParameter(input?.children ?? [], method).filter(({ parameter, elements }) => {
    if (parameter.isIn) return true;
    if (elements.every(isNil)) return false;
    throw outputOnlyError(method, parameter);
  });
}

/** In the order of the first element of each. */
function groupByParameter(children: readonly XmlElement[], method: CimMethod): readonly Group[] {
  const groups: Group[] = [];
  let last: Group | undefined;
  for (const child of children) {
    const name = child.localName;
    // The elements of an array nearly always follow each other.
    if (last?.elements[0]?.localName !== name) {
      const parameter = method.parameters.get(name);
      if (!parameter) {
        const error = new UnknownNameError('parameter', unknownParameterText(method, name));
        throw aboutName(error, { kind: 'parameter', name, method });
      }
      // There are no more groups than parameters, so looking through them is bounded.
      last = groups.find((group) => group.parameter === parameter);
      if (!last) {
        last = { parameter, elements: [] };
        groups.push(last);
      }
    }
    last.elements.push(child);
  }
  return groups;
}
