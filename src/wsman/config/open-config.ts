import { ANONYMOUS } from '../../soap/message.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { escapeAttribute, escapeText } from '../../xml/escape-xml.js';
import type { EnumerateRequest, EnumerationMode } from '../enumeration/enumerate-request.js';
import type { EnumerationState } from '../enumeration/enumeration-state.js';
import type { SelectorSet } from '../header/selector-set.js';
import { type ConfigSection, writeSection } from './config-node.js';
import type { ConfigResource } from './config-resource.js';
import { findTable } from './config-table.js';
import { type ConfigSource, findConfigItems, keyOf } from './find-config.js';

/**
 * The enumeration of a part of the configuration: markup, written at once. MS-WSMV 3.1.4.1.17 wants all three modes.
 *
 * @throws WsmanFault FilteringNotSupported (MS-WSMV 3.1.4.1.13), and those of {@link findConfigItems}
 */
export async function openConfig(
  { filter, mode }: EnumerateRequest,
  resource: ConfigResource,
  selectors: SelectorSet,
  source: ConfigSource,
): Promise<EnumerationState> {
  if (filter) throw new WsmanFault('FilteringNotSupported', 'The configuration is enumerated without a filter.');
  const items = await findConfigItems(resource, selectors, source);
  const pending = items.map((item) => writeItem(item, mode, resource));
  return {
    namespace: '',
    shape: { kind: 'markup' },
    pending,
    position: 0,
    partItems: 0,
    total: pending.length,
  };
}

function writeItem(item: ConfigSection, mode: EnumerationMode, resource: ConfigResource): string {
  switch (mode) {
    case 'EnumerateObject':
      return writeSection(item);
    case 'EnumerateEPR':
      return reference(item, resource);
    case 'EnumerateObjectAndEPR':
      return `<w:Item>${writeSection(item)}${reference(item, resource)}</w:Item>`;
  }
}

function reference(item: ConfigSection, { uri, path }: ConfigResource): string {
  const keys = findTable(path)?.keys ?? [];
  const selectors = keys.map(
    (key) => `<w:Selector Name="${escapeAttribute(key)}">${escapeText(keyOf(item, key))}</w:Selector>`,
  );
  const set = selectors.length === 0 ? '' : `<w:SelectorSet>${selectors.join('')}</w:SelectorSet>`;
  return (
    `<a:EndpointReference><a:Address>${ANONYMOUS}</a:Address><a:ReferenceParameters>` +
    `<w:ResourceURI>${escapeText(uri)}</w:ResourceURI>${set}</a:ReferenceParameters></a:EndpointReference>`
  );
}
