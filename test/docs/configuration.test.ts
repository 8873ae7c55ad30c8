import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { settingsTable, tableOf } from '../../scripts/write-configuration-docs.mjs';
import { configurationSchema, printConfigurationSchema } from '../../src/config/configuration-schema.js';
import { checkDocument } from '../../src/options/document/check-document.js';
import { parseDocument } from '../../src/options/document/parse-document.js';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

describe('docs/configuration.md', () => {
  it('has every setting as the code has it (node scripts/write-configuration-docs.mjs)', async () => {
    expect(tableOf(page)).toBe(settingsTable(JSON.parse(await printConfigurationSchema())));
  });

  it('has examples that can be read', async () => {
    const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '');
    expect(examples.length).toBeGreaterThan(0);
    const schema = await configurationSchema();
    const documents = await Promise.all(examples.map((text) => parseDocument(text, 'x.yaml')));
    for (const document of documents) expect(() => checkDocument(schema, document)).not.toThrow();
  });
});
