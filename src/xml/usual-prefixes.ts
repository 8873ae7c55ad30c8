import { ns } from './namespaces.js';

/**
 * What prefixes nearly always mean in messages of WS-Management. Somebody who cuts a reference or an instance out of a message, to
 * give it as the text of a value, leaves the declarations behind, which stood on the envelope. Messages themselves declare all.
 */
export const usualPrefixes: ReadonlyMap<string, string> = new Map([
  ['s', ns.soap],
  ['soap', ns.soap],
  ['env', ns.soap],
  ['a', ns.addressing],
  ['wsa', ns.addressing],
  ['w', ns.wsman],
  ['wsman', ns.wsman],
  ['p', ns.microsoft],
  ['wsmv', ns.microsoft],
  ['x', ns.transfer],
  ['wst', ns.transfer],
  ['n', ns.enumeration],
  ['wsen', ns.enumeration],
  ['e', ns.eventing],
  ['wse', ns.eventing],
  ['b', ns.cimBinding],
  ['wsmb', ns.cimBinding],
  ['cim', ns.cimCommon],
  ['wsmid', ns.identity],
  ['f', ns.wsmanFault],
  ['cfg', ns.config],
  ['rsp', ns.shell],
  ['xsi', ns.xsi],
  ['xs', ns.xsd],
  ['xsd', ns.xsd],
]);
