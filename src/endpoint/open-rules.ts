import { readFileSync } from 'node:fs';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import { RuleError } from '../interceptors/rules/rule-error.js';
import { createRules, type Rules } from '../interceptors/rules/rules.js';
import type { JsonSchema } from '../options/shape/json-schema.js';
import { packageFile } from '../package/package-file.js';
import type { EndpointOptions } from './options/endpoint-options.js';

let schema: JsonSchema | undefined;

/** The schema of one rule, read once: most endpoints never have one. */
function readSchema(): JsonSchema {
  schema ??= JSON.parse(readFileSync(packageFile('schemas/rules.schema.json'), 'utf8')).definitions.rule as JsonSchema;
  return schema;
}

/**
 * The rules of an endpoint, those to start with among them.
 *
 * @throws RuleError that says where the rule stands, in the options or the file
 */
export async function openRules(
  { rules: given = [], seed, clock = Date.now }: EndpointOptions,
  namespaces: Namespaces,
): Promise<Rules> {
  const isA = (namespace: string | undefined, className: string, ancestor: string): boolean =>
    namespace === undefined
      ? [...namespaces].some(({ schema: one }) => one.isA(className, ancestor))
      : namespaces.findNamespace(namespace)?.schema.isA(className, ancestor) === true;
  const rules = createRules({ namespaces, isA, seed, now: clock, schema: readSchema });
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
    locate: ({ place, problem }: RuleError) => new RuleError(`rules[${index}]${place && `.${place}`}`, problem),
  }));
}
