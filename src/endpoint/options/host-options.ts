import { HostNames } from '../../cim/hosts/host-names.js';
import {
  callable,
  flag,
  listOf,
  type MemberChecks,
  members,
  orWord,
  text,
  wholeNumber,
} from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import { hostDeclarations } from '../hosts/host-declarations.js';
import { checkSources, type SeedSource } from '../seed-source.js';
import { accountChecks, type UserOptions } from './account-options.js';

/** Which computers the endpoint stands for (docs/hosts.md). */
export interface HostsOptions {
  /**
   * Computers besides those that the lab declares, and what is to be otherwise with these. Each is an endpoint of its own, with a port. Default:
   * those of the lab; when it declares none either, the endpoint is the only one and has no name.
   */
  readonly hosts?: readonly HostOptions[];
}

/** One of the computers. */
export interface HostOptions {
  /** As clients call it: `srv01.lab.example`, or any name by which the lab knows it. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** It is meant where none is named, and listens where the endpoint does. Default: as the lab says, or else the first. */
  readonly isDefault?: boolean;
  /** HTTP port; 0, the default, for any free one; `off` for none. The default host's is that of the endpoint unless given here. */
  readonly port?: number | 'off';
  /** HTTPS port. Default: any free one where the endpoint has one, or else none. */
  readonly httpsPort?: number | 'off';
  /** Accounts. Default: those of the endpoint. */
  readonly users?: readonly UserOptions[];
  /** What is there on this host besides what the lab says: a built-in lab, a path, or MOF. */
  readonly lab?: SeedSource | readonly SeedSource[];
  /** The time of day on it, in milliseconds since 1970. Default: the endpoint's. */
  readonly clock?: () => number;
}

const port = orWord('off', wholeNumber(0, 65_535));

const checkHosts = listOf(
  members<HostOptions>(
    {
      name: text,
      aliases: listOf(text),
      isDefault: flag,
      port,
      httpsPort: port,
      users: accountChecks.users,
      lab: checkSources,
      clock: callable,
    },
    ['name'],
  ),
);

export const hostChecks: MemberChecks<HostsOptions> = {
  hosts: (name, value) => {
    checkHosts(name, value);
    const hosts = hostDeclarations(value as readonly HostOptions[]);
    const { problem } = new HostNames(hosts);
    if (problem) throw new OptionError(`${name}[${hosts.indexOf(problem.host)}]: ${problem.text}`);
  },
};
