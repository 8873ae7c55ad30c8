import { MOF_DIALECTS, type MofDialectChoice } from '../../mof/dialect.js';
import { parseNamespace } from '../../mof/syntax/parse-namespace.js';
import {
  callable,
  listOf,
  type MemberChecks,
  oneOf,
  oneOrMoreTexts,
  text,
  wholeNumber,
} from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import { checkGivenProvider } from '../check-provider.js';
import type { GivenProvider } from '../place-providers.js';
import { checkSources, type SeedSource } from '../seed-source.js';
import { checkLabScale, type LabScale } from './lab-scale.js';

/** What is served: classes, instances and their behaviour. */
export interface ModelOptions {
  /**
   * The instances to start with: names of built-in labs and paths of MOF files or folders, then MOF texts (`{ mof }`), which may declare
   * classes as well, then instances; or `none`. Default `two-servers`.
   */
  readonly lab?: SeedSource | readonly SeedSource[];
  /**
   * Folders or files of MOF class declarations, all of them in that order; `built-in` for the classes that the endpoint brings along,
   * which are the default.
   */
  readonly schemaDir?: string | readonly string[];
  /**
   * How the MOF of `lab` and `schemaDir` is read: as DMTF has it (`dmtf`), as Windows' compiler takes it (`windows`), or each
   * file by the marks it shows (`auto`, the default): docs/mof.md.
   */
  readonly mofDialect?: MofDialectChoice;
  /**
   * The namespace of whatever names none: MOF before a `#pragma namespace`, providers, requests. Default
   * `root/cimv2/storage/iScsiTarget`.
   */
  readonly namespace?: string;
  /** Behaviour of classes, your own or built-in ones, in `namespace` when none is named. */
  readonly providers?: readonly GivenProvider[];
  /** Answer as the SMI-S documents say (`smi-s`, the default) or as Windows' pages say it does (`windows`). */
  readonly profile?: 'smi-s' | 'windows';
  /** How many services and processes each computer of a built-in lab has, in all, by `seed`. Default: those of the lab. */
  readonly labScale?: LabScale;
  /** Makes generated identifiers repeatable. */
  readonly seed?: number;
  /** Folder of the cache of compiled schemas. Default: none, the schema is compiled. */
  readonly cacheDir?: string;
  /** The time of day in milliseconds since 1970, for providers. Default `Date.now`. */
  readonly clock?: () => number;
}

export const modelChecks: MemberChecks<ModelOptions> = {
  lab: checkSources,
  schemaDir: oneOrMoreTexts,
  mofDialect: oneOf(...MOF_DIALECTS),
  namespace: (name, value) => {
    text(name, value);
    if (parseNamespace(String(value)) === undefined)
      throw new OptionError(`${name}: expected a namespace, as root/cimv2`);
  },
  providers: listOf(checkGivenProvider),
  profile: oneOf('smi-s', 'windows'),
  labScale: checkLabScale,
  seed: wholeNumber(0),
  cacheDir: text,
  clock: callable,
};
