import { addressing, naming } from './requirements/addressing.mjs';
import { control, identify } from './requirements/control.mjs';
import { enumeration, filters } from './requirements/enumeration.mjs';
import { invoke } from './requirements/invoke.mjs';
import { soap } from './requirements/soap.mjs';
import { metadata, transfer } from './requirements/transfer.mjs';

/** @import { Requirement } from './types.mjs' */

/**
 * What the specifications ask of a server in the operations that this project has, in our words. Numbers of rules (`R…`) are those of
 * DSP0226 1.0 and DSP0227 1.0; where a number is not certain, the clause stands alone.
 *
 * @type {readonly { readonly title: string, readonly requirements: readonly Requirement[] }[]}
 */
export const areas = [
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
];

/** All of them. */
export const requirements = areas.flatMap((area) => area.requirements);
