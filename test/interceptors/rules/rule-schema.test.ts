import type { Static } from '@sinclair/typebox';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Rule } from '../../../src/interceptors/rules/rule.js';
import { type ruleSchema, rulesFileSchema } from '../../../src/interceptors/rules/rule-schema.js';

/** Without `readonly`, and without the `undefined` that members which may be left out take as well. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<Exclude<T[K], undefined>> } : T;

describe('the schema of rules', () => {
  it('says what the type says', () => {
    expectTypeOf<Plain<Static<typeof ruleSchema>>>().toEqualTypeOf<Plain<Rule>>();
  });

  it('is in the package as a file, for editors and for what checks rules', async () => {
    // npx vitest run test/interceptors/rules/rule-schema.test.ts -u writes it anew.
    await expect(`${JSON.stringify(rulesFileSchema, undefined, 2)}\n`).toMatchFileSnapshot(
      '../../../schemas/rules.schema.json',
    );
  });
});
