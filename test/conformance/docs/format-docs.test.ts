import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { formatDocs } from '../../../conformance/docs/format-docs.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

it('docs/conformance.md is what npm run conformance:docs writes', () => {
  expect(readFileSync(`${root}docs/conformance.md`, 'utf8')).toBe(formatDocs(root));
});
