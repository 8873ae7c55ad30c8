import { flag, listOf, type MemberChecks, members, orWord, text, wholeNumber } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import { SECRET_ENTRY } from '../../secrets/secret-names.js';

/** What is kept of what was asked, and what of it is shown (docs/requests.md). */
export interface RecordOptions {
  /** How much of what came is kept for `requests()`; `off`: nothing is, and nothing can be waited for. */
  readonly requests?: KeptRequests | 'off';
  /**
   * What is masked besides what is known to be a secret: parameters and properties as `Name`, of every class, or `Class.Name`, of that
   * class and those below it; `*` stands for any letters.
   */
  readonly secrets?: readonly string[];
  /**
   * `requests()`, `waitForRequest` and `on` of this process show secrets as they are. Default false. The control API, traces and
   * recordings mask them all the same.
   */
  readonly revealSecrets?: boolean;
  /** Count what happens, for `metrics()` (docs/watching.md). Default false. */
  readonly metrics?: boolean;
  /**
   * Folder in which each message and its answer are written down, decrypted and with secrets masked, for nobody else to read; of the last
   * 1,000 messages. It is made if it is not there.
   */
  readonly traceSoap?: string;
}

/** The bounds of what is kept; the oldest goes first. */
export interface KeptRequests {
  /** Messages with their answers. Default 10,000. */
  readonly keep?: number;
  /** Bytes of their bodies. Default 32 MiB. Of a message that alone takes an eighth of them the bodies are not kept. */
  readonly bytes?: number;
}

const entry = (name: string, value: unknown): void => {
  text(name, value);
  if (!SECRET_ENTRY.test(String(value)))
    throw new OptionError(`${name}: expected Name or Class.Name, with * for any letters, as LAB_Door.Code`);
};

export const recordChecks: MemberChecks<RecordOptions> = {
  requests: orWord('off', members<KeptRequests>({ keep: wholeNumber(1, 10_000_000), bytes: wholeNumber(0) })),
  secrets: listOf(entry),
  revealSecrets: flag,
  metrics: flag,
  traceSoap: text,
};

const DEFAULT_KEEP = 10_000;
const DEFAULT_BYTES = 32 * 1024 * 1024;

/** The bounds with their defaults; undefined where nothing is to be kept. */
export function keptRequests({ requests = {} }: RecordOptions): Required<KeptRequests> | undefined {
  if (requests === 'off') return undefined;
  const { keep = DEFAULT_KEEP, bytes = DEFAULT_BYTES } = requests;
  return { keep, bytes };
}
