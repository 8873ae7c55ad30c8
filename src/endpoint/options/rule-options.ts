import type { Rule } from '../../interceptors/rules/rule.js';
import type { MemberChecks } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';

/** What is to go wrong on purpose. */
export interface RuleOptions {
  /** Rules, or a YAML or JSON file of them (docs/breaking-things.md). `reset` keeps them and sets their counts to 0. */
  readonly rules?: readonly Rule[] | string;
}

export const ruleChecks: MemberChecks<RuleOptions> = {
  // Each rule is looked at when it is added, and says itself what is wrong with it.
  rules: (name, value) => {
    if (typeof value !== 'string' && !Array.isArray(value))
      throw new OptionError(`${name}: expected a list of rules, or the path of a file of them`);
  },
};
