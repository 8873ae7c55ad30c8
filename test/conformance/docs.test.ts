import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { formatDocs } from '../../scripts/conformance/index.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('docs/conformance.md is what scripts/conformance/write-docs.mjs writes', () => {
  expect(readFileSync(`${root}docs/conformance.md`, 'utf8')).toBe(formatDocs(root));
});
