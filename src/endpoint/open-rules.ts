import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { HostNames } from '../cim/hosts/host-names.js';
import type { CountElsewhere } from '../interceptors/rules/rule-counter.js';
import { RuleError } from '../interceptors/rules/rule-error.js';
import { createRules, type Rules } from '../interceptors/rules/rules.js';
import { readRuleSchema } from '../package/read-rule-schema.js';
import type { EndpointOptions } from './options/endpoint-options.js';

/**
 * The rules of an endpoint, those to start with among them.
 *
 * @throws RuleError that says where the rule stands, in the options or the file
 */
export async function openRules(
  { rules: given = [], seed, clock = Date.now }: EndpointOptions,
  namespaces: Namespaces,
  hosts?: HostNames,
  countElsewhere?: CountElsewhere,
): Promise<Rules> {
  const isA = (namespace: string | undefined, className: string, ancestor: string): boolean =>
    namespace === undefined
      ? [...namespaces].some(({ schema: one }) => one.isA(className, ancestor))
      : namespaces.findNamespace(namespace)?.schema.isA(className, ancestor) === true;
  const rules = createRules({ namespaces, hosts, isA, seed, now: clock, schema: readRuleSchema, countElsewhere });
  for (const { rule, locate } of await rulesOf(given)) {
    try {
      rules.add(rule, true);
    } catch (error) {
      throw error instanceof RuleError ? locate(error) : error;
    }
  }
  return rules;
}

async function rulesOf(given: NonNullable<EndpointOptions['rules']>) {
  if (typeof given === 'string') {
    const { readRulesFile } = await import('../interceptors/rules/read-rules-file.js');
    return readRulesFile(given);
  }
  return given.map((rule, index) => ({
    rule,
    locate: ({ place, problem }: RuleError) => {
      const option = `rules[${index}]${place && `.${place}`}`;
      return Object.assign(new RuleError(option, problem), { option });
    },
  }));
}
