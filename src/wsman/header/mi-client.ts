import { headerBlock } from '../../soap/envelope.js';
import { isMandatory } from '../../soap/must-understand.js';
import { ns } from '../../xml/namespaces.js';
import { childOf } from '../../xml/xml-element.js';
import type { RequestHeader } from './request-header.js';

/** What MI clients on Windows send with each request; custom options are `wmi:` without the underscores (MS-WSMV 3.2.4.2). */
const MI_OPTION = /^(?:(?:wmi|wmiarray):)?__MI_|^msftwinrm:/i;

/**
 * True for CIM clients of the MI family, as far as their header blocks tell (`docs/operations.md` has the evidence):
 *
 * - Windows' MI client (the CIM cmdlets) sends options named `__MI_…`, `wmi:__MI_…`, `wmiarray:__MI_…` or `msftwinrm:…`;
 * - libmi sends `w:Locale` and `p:DataLocale`, and a mandatory Address in ReplyTo with an Action that is not mandatory.
 */
export function isMiClient({ options, blocks }: Pick<RequestHeader, 'options' | 'blocks'>): boolean {
  for (const name of options.keys()) if (MI_OPTION.test(name)) return true;
  const action = headerBlock(blocks, ns.addressing, 'Action');
  const replyTo = headerBlock(blocks, ns.addressing, 'ReplyTo');
  const address = replyTo && childOf(replyTo, ns.addressing, 'Address');
  if (!action || isMandatory(action) || !address || !isMandatory(address)) return false;
  return (
    headerBlock(blocks, ns.wsman, 'Locale') !== undefined &&
    headerBlock(blocks, ns.microsoft, 'DataLocale') !== undefined
  );
}
