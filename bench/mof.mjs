/** How long the compiler takes over a text of the size of the whole DMTF schema, and how much memory. */
import { compileMof } from '../dist/mof/compile-mof.js';
import { largeSchema } from '../test/mof/large-schema.mjs';

const text = largeSchema();
const readInclude = () => {
  throw new Error('the large schema includes nothing');
};
const started = performance.now();
const { counts, namespaces } = compileMof([{ file: 'large.mof', text }], {
  defaultNamespace: 'root/cimv2',
  readInclude,
});
const seconds = (performance.now() - started) / 1000;
const used = [...namespaces.values()].flatMap(({ schema }) => [...schema.declarations].map(countQualifiers));
const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(1);
console.log(`text              ${megabytes(Buffer.byteLength(text))} MB`);
console.log(`classes           ${counts.classes}`);
console.log(`qualifiers used   ${used.reduce((sum, count) => sum + count, 0)}`);
console.log(`time              ${seconds.toFixed(2)} s (target: under 2)`);
console.log(`peak memory       ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB (target: under 400)`);

function countQualifiers({ qualifiers, properties, methods }) {
  const elements = [...properties, ...methods, ...methods.flatMap(({ parameters }) => parameters)];
  return elements.reduce((sum, element) => sum + element.qualifiers.length, qualifiers.length);
}
