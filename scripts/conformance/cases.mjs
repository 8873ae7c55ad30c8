import { addressingCases } from './cases/addressing.mjs';
import { associationCases, selectorFilterCases } from './cases/association-filters.mjs';
import { classCases } from './cases/classes.mjs';
import { configCases } from './cases/config.mjs';
import { controlCases } from './cases/control.mjs';
import { createCases, deleteCases } from './cases/create.mjs';
import { enumerateCases } from './cases/enumerate.mjs';
import { fragmentCases } from './cases/fragments.mjs';
import { getCases } from './cases/get.mjs';
import { httpCases } from './cases/http.mjs';
import { identifyCases } from './cases/identify.mjs';
import { invokeCases } from './cases/invoke.mjs';
import { modeCases } from './cases/modes.mjs';
import { namingCases } from './cases/naming.mjs';
import { pullCases } from './cases/pull.mjs';
import { putCases } from './cases/put.mjs';
import { referenceCases } from './cases/references.mjs';
import { selectorCases } from './cases/selectors.mjs';
import { soapCases } from './cases/soap.mjs';
import { wqlCases } from './cases/wql.mjs';

/** @import { Case } from './types.mjs' */

/**
 * Every protocol test, as data: `npm run conformance` runs them against any server, `test/conformance` against ours.
 *
 * @type {readonly Case[]}
 */
export const cases = [
  ...soapCases,
  ...httpCases,
  ...addressingCases,
  ...namingCases,
  ...selectorCases,
  ...controlCases,
  ...identifyCases,
  ...invokeCases,
  ...referenceCases,
  ...getCases,
  ...fragmentCases,
  ...putCases,
  ...createCases,
  ...deleteCases,
  ...classCases,
  ...configCases,
  ...enumerateCases,
  ...modeCases,
  ...pullCases,
  ...wqlCases,
  ...selectorFilterCases,
  ...associationCases,
];
