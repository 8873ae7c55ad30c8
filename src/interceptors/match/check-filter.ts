import { members, oneOf, text } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import type { ExchangeFilter } from './exchange-match.js';
import { operationNamed, unknownOperationText } from './operation-names.js';

const values = (name: string, value: unknown): void => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new OptionError(`${name}: expected an object of values by name`);
};

const operation = (name: string, value: unknown): void => {
  const wanted: unknown[] = Array.isArray(value) ? value : [value];
  if (wanted.length === 0) throw new OptionError(`${name}: the list is empty`);
  for (const one of wanted) {
    text(name, one);
    if (operationNamed(String(one)) === undefined)
      throw new OptionError(`${name}: ${unknownOperationText(String(one))}`);
  }
};

const returnValue = (name: string, value: unknown): void => {
  if (typeof value !== 'number') text(name, value);
};

const check = members<ExchangeFilter>({
  operation,
  namespace: text,
  class: text,
  method: text,
  selectors: values,
  user: text,
  host: text,
  input: values,
  outcome: oneOf('answered', 'fault', 'lost'),
  returnValue,
  fault: text,
  rule: text,
});

/** @throws OptionError that names what is wrong, with the nearest name for a member or an operation that there is not */
export function checkFilter(filter: ExchangeFilter): void {
  check('', filter);
}
