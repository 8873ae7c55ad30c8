/** Writes docs/conformance.md. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatDocs } from './format-docs.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
writeFileSync(new URL('../../docs/conformance.md', import.meta.url), formatDocs(root));
