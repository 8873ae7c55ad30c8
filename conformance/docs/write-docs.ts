import { writeFileSync } from 'node:fs';
import { formatDocs } from './format-docs.js';

// `npm run conformance:docs` runs this at the root of the project: what it reads and writes is the project's, not the package's.
writeFileSync('docs/conformance.md', formatDocs(process.cwd()));
