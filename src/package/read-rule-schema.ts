import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.js';

let schema: object | undefined;

/** The JSON Schema of one rule, read once: most processes never have a rule. It is written of the code, and needs no TypeBox. */
export function readRuleSchema(): object {
  schema ??= JSON.parse(readFileSync(packageFile('schemas/rules.schema.json'), 'utf8')).definitions.rule as object;
  return schema;
}
