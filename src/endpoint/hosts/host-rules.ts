import type { HostNames } from '../../cim/hosts/host-names.js';
import type { RuleState } from '../../interceptors/rules/rule.js';
import { RuleError } from '../../interceptors/rules/rule-error.js';
import type { Rules } from '../../interceptors/rules/rules.js';
import type { TestKit } from '../test-kit.js';

/** The rules of the endpoint as one of several hosts has them: those that are added to it are for it alone. */
export function hostRules(
  name: string,
  hosts: HostNames,
  rules: Rules,
): Pick<TestKit, 'addRule' | 'removeRule' | 'rules'> {
  const isOurs = isOf(name);
  return {
    addRule(rule) {
      const { when } = rule;
      if (when?.host !== undefined && hosts.find(when.host)?.name !== name)
        throw new RuleError('when.host', `'${when.host}' is not ${name}, to which the rule is added`);
      // What is no rule is told as such.
      return rules.add(when === undefined ? rule : { ...rule, when: { ...when, host: name } });
    },
    removeRule(rule) {
      const id = typeof rule === 'string' ? rule : rule.id;
      return rules.list().some((one) => one.id === id && isOurs(one)) && rules.remove(id);
    },
    rules: () => rules.list().filter(({ when: { host } }) => host === undefined || host === name),
  };
}

/** Whether a rule is of one host alone. */
export function isOf(name: string): (rule: RuleState) => boolean {
  return ({ when: { host } }) => host === name;
}
