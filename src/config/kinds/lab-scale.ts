import { type LabScale, MOST_SCALED, SCALED } from '../../endpoint/options/lab-scale.js';
import { OptionError } from '../../options/option-error.js';
import type { Kind } from '../setting.js';

const EXPECTED = `Expected how many there are to be, as services=300,processes=200; at most ${MOST_SCALED} of each.`;

/** How many of some classes computers of a lab have. */
export const labScale: Kind<LabScale> = {
  placeholder: '<what=n,…>',
  read: (given) => Object.fromEntries(given.split(',').map(readPart)) as LabScale,
  schema: (type) =>
    type.Object(
      Object.fromEntries(
        SCALED.map((name) => [name, type.Optional(type.Integer({ minimum: 0, maximum: MOST_SCALED }))]),
      ),
      { additionalProperties: false },
    ),
};

function readPart(part: string): [string, number] {
  const [, name, count] = /^\s*([a-z]+)=(\d{1,4})\s*$/.exec(part) ?? [];
  const found = SCALED.find((one) => one === name);
  if (found === undefined || Number(count) > MOST_SCALED) throw new OptionError(EXPECTED);
  return [found, Number(count)];
}
