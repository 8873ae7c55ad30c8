/**
 * The table of requirements. It is data in `scripts/conformance`, so that `npm run conformance` reads it on a clean
 * clone without a compiler.
 */
export { requirements } from '../../scripts/conformance/index.mjs';
