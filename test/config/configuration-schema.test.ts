import { readFileSync } from 'node:fs';
import { Value } from '@sinclair/typebox/value';
import { describe, expect, it } from 'vitest';
import { configurationSchema, printConfigurationSchema } from '../../src/config/configuration-schema.js';
import { SETTINGS } from '../../src/config/setting-groups.js';

describe('the schema of the file', () => {
  it('has a member for every setting, and takes every default that is the same everywhere', async () => {
    const schema = await configurationSchema();
    expect(Object.keys(schema.properties)).toEqual(['$schema', 'version', ...SETTINGS.keys()]);
    for (const [name, { default: value }] of SETTINGS) {
      if (value !== undefined) expect([name, Value.Check(schema, { version: 1, [name]: value })]).toEqual([name, true]);
    }
  });

  it('lies in the package for editors as the code has it (cimulator config schema > schemas/json/configuration.json)', async () => {
    const file = new URL('../../schemas/json/configuration.json', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(await printConfigurationSchema());
  });
});
