import type { Requirement } from './requirement.js';
import { addressing, naming } from './requirements/addressing.js';
import { control, identify } from './requirements/control.js';
import { enumeration, filters } from './requirements/enumeration.js';
import { invoke } from './requirements/invoke.js';
import { soap } from './requirements/soap.js';
import { metadata, transfer } from './requirements/transfer.js';

/**
 * What the specifications ask of a server in the operations that this project has, in our words. Numbers of rules (`R…`) are those of
 * DSP0226 1.0 and DSP0227 1.0; where a number is not certain, the clause stands alone.
 */
const table = [
  { title: 'SOAP, HTTP and character sets', requirements: soap },
  { title: 'Addressing', requirements: addressing },
  { title: 'Resource URIs, namespaces and selectors', requirements: naming },
  { title: 'Options, limits, languages and connections', requirements: control },
  { title: 'Identify and faults', requirements: identify },
  { title: 'Methods, references and values', requirements: invoke },
  { title: 'Get, Put, Create, Delete and fragments', requirements: transfer },
  { title: 'Class declarations and configuration', requirements: metadata },
  { title: 'Enumeration', requirements: enumeration },
  { title: 'Filters', requirements: filters },
] as const;

/** The id of a requirement in the table: a case that names another does not compile. */
export type RequirementId = (typeof table)[number]['requirements'][number]['id'];

/** Requirements about one subject. */
export interface Area {
  readonly title: string;
  readonly requirements: readonly Requirement<RequirementId>[];
}

/** The table by subject, in the order of docs/conformance.md. */
export const areas: readonly Area[] = table;

/** All of them. */
export const requirements: readonly Requirement<RequirementId>[] = areas.flatMap((area) => area.requirements);
