import { LONGEST_REBOOT_S } from '../../endpoint/options/network-options.js';
import { OptionError } from '../../options/option-error.js';
import type { Kind } from '../setting.js';

/** A whole number. @param expected what messages want */
export function wholeNumber(placeholder: string, minimum: number, maximum: number, expected: string): Kind<number> {
  return {
    placeholder,
    read: (given) => {
      const number = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
      if (number >= minimum && number <= maximum) return number;
      throw new OptionError(expected);
    },
    schema: (type) => type.Integer({ minimum, maximum }),
  };
}

const HIGHEST_PORT = 65_535;

/** A TCP port, 0 for any free one, or `off`. */
export const portOrOff: Kind<number | 'off'> = {
  placeholder: '<n|off>',
  read: (given) => {
    if (given.toLowerCase() === 'off') return 'off';
    const expected = "Expected a port from 0 to 65535 (0: any free one), or 'off'.";
    return wholeNumber('', 0, HIGHEST_PORT, expected).read(given, undefined);
  },
  schema: (type) => type.Union([type.Integer({ minimum: 0, maximum: HIGHEST_PORT }), type.Literal('off')]),
};

const MOST_KEPT = 10_000_000;

/** How many, or `off`. */
export const countOrOff: Kind<number | 'off'> = {
  placeholder: '<n|off>',
  read: (given) => {
    if (given.toLowerCase() === 'off') return 'off';
    return wholeNumber('', 1, MOST_KEPT, `Expected a number from 1 to ${MOST_KEPT}, or 'off'.`).read(given, undefined);
  },
  schema: (type) => type.Union([type.Integer({ minimum: 1, maximum: MOST_KEPT }), type.Literal('off')]),
};

const MOST_WORKERS = 256;

/** How many processes, or `auto`. */
export const countOrAuto: Kind<number | 'auto'> = {
  placeholder: '<n|auto>',
  read: (given) => {
    if (given.toLowerCase() === 'auto') return 'auto';
    return wholeNumber('', 1, MOST_WORKERS, `Expected a number from 1 to ${MOST_WORKERS}, or 'auto'.`).read(
      given,
      undefined,
    );
  },
  schema: (type) => type.Union([type.Integer({ minimum: 1, maximum: MOST_WORKERS }), type.Literal('auto')]),
};

/** MaxEnvelopeSizekb: 8 is the least that MS-WSMV 3.1.4.1.20 allows; documents above 8 MiB are not read at all. */
export const envelopeSize = wholeNumber('<n>', 8, 8192, 'Expected a number of KiB from 8 to 8192.');

/** How long a restart takes. */
export const rebootSeconds = wholeNumber(
  '<n>',
  0,
  LONGEST_REBOOT_S,
  `Expected a number of seconds from 0 to ${LONGEST_REBOOT_S}.`,
);

/** A seed: an unsigned 32-bit number. */
export const seed = wholeNumber('<n>', 0, 0xffff_ffff, 'Expected a whole number from 0 to 4294967295.');
