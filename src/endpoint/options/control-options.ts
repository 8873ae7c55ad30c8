import { type MemberChecks, members, orWord, text, wholeNumber } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';

/** What other processes may do with the endpoint. */
export interface ControlOptions {
  /** The control API (docs/control-api.md), on a listener of its own. Default `off`. */
  readonly control?: ControlListenerOptions | 'off';
}

/** Where the control API listens, and who may call it. */
export interface ControlListenerOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default 127.0.0.1. Any other than this machine's own needs an HTTPS listener, whose certificate it shows. */
  readonly host?: string;
  /** What callers must know. Default: 32 random bytes. */
  readonly token?: string;
}

const FEWEST = 32;

export const controlChecks: MemberChecks<ControlOptions> = {
  control: orWord(
    'off',
    members<ControlListenerOptions>({
      port: wholeNumber(0, 65_535),
      host: text,
      token: (name, value) => {
        text(name, value);
        if (!/^[\w.~+/=-]+$/.test(String(value)) || String(value).length < FEWEST)
          throw new OptionError(`${name}: expected at least ${FEWEST} letters, digits and - . _ ~ + / =`);
      },
    }),
  ),
};
