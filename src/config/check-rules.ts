import { findShapeProblem } from '../options/shape/find-shape-problem.js';
import { pathText } from '../options/shape/value-path.js';
import { readRuleSchema } from '../package/read-rule-schema.js';
import type { EffectiveSettings } from './effective-settings.js';

/**
 * Looks at a file of rules without the model that they are for: whether it can be read, and each is one. Whether they can ever match says
 * the start.
 *
 * @throws RuleError with file and line
 */
export async function checkRules({ values: { rules } }: EffectiveSettings): Promise<void> {
  if (typeof rules !== 'string') return;
  const { readRulesFile } = await import('../interceptors/rules/read-rules-file.js');
  const { RuleError } = await import('../interceptors/rules/rule-error.js');
  for (const { rule, locate } of await readRulesFile(rules)) {
    const problem = findShapeProblem(readRuleSchema(), rule);
    if (problem) throw locate(new RuleError(pathText(problem.path), problem.text));
  }
}
