import type { Case } from './case.js';
import { addressingCases } from './cases/addressing.js';
import { associationCases, selectorFilterCases } from './cases/association-filters.js';
import { classCases } from './cases/classes.js';
import { configCases } from './cases/config.js';
import { controlCases } from './cases/control.js';
import { createCases, deleteCases } from './cases/create.js';
import { enumerateCases } from './cases/enumerate.js';
import { fragmentCases } from './cases/fragments.js';
import { getCases } from './cases/get.js';
import { httpCases } from './cases/http.js';
import { identifyCases } from './cases/identify.js';
import { invokeCases } from './cases/invoke.js';
import { modeCases } from './cases/modes.js';
import { namingCases } from './cases/naming.js';
import { pullCases } from './cases/pull.js';
import { putCases } from './cases/put.js';
import { referenceCases } from './cases/references.js';
import { selectorCases } from './cases/selectors.js';
import { soapCases } from './cases/soap.js';
import { wqlCases } from './cases/wql.js';

/** Every protocol test, as data: `cimulator-conformance` runs them against any server, `test/conformance` against ours. */
export const cases: readonly Case[] = [
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
