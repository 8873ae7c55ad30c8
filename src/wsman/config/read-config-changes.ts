import { WsmanFault } from '../../soap/wsman-fault.js';
import type { XmlElement } from '../../xml/xml-element.js';
import type { SettingValues } from '../service-settings.js';
import type { ConfigNode, ConfigSection, ConfigValue, SettingRule } from './config-node.js';

/**
 * Reads the body of a Put on the configuration. Clients get a whole part, edit it and put it back, so values that stay
 * as they are count for nothing, and what is left out stays.
 *
 * @param element the root of the body
 * @param section the part as it is
 * @throws WsmanFault SchemaValidationError for what is no setting or no valid value, InvalidValues for a value that is
 *   fixed when the endpoint starts
 */
export function readConfigChanges(element: XmlElement, section: ConfigSection): Partial<SettingValues> {
  if (element.localName.toLowerCase() !== section.name.toLowerCase()) {
    throw invalid(`The Body holds ${element.localName.slice(0, 100)} where ${section.name} is wanted.`);
  }
  const changes: Partial<Record<keyof SettingValues, number>> = {};
  collect(element, section, section.name, changes);
  return changes;
}

type Changes = Partial<Record<keyof SettingValues, number>>;

function collect(element: XmlElement, section: ConfigSection, path: string, changes: Changes): void {
  const seen = new Set<string>();
  for (const child of element.children) {
    const name = child.localName.toLowerCase();
    const nodes = section.children.filter((node) => node.name.toLowerCase() === name);
    const [node] = nodes;
    if (!node) throw invalid(`${path} has no setting ${child.localName.slice(0, 100)}.`);
    // A listener has several ListeningOn.
    if (seen.has(name) && nodes.length === 1) throw invalid(`${path}/${node.name} is given twice.`);
    seen.add(name);
    if (node.kind === 'section') collect(child, node, `${path}/${node.name}`, changes);
    else readValue(child.text.trim(), node, nodes, `${path}/${node.name}`, changes);
  }
}

function readValue(
  text: string,
  node: ConfigValue,
  alike: readonly ConfigNode[],
  what: string,
  changes: Changes,
): void {
  if (alike.some((one) => one.kind === 'value' && one.text.toLowerCase() === text.toLowerCase())) return;
  if (!node.rule) throw new WsmanFault('InvalidValues', `${what} is fixed when the endpoint starts.`);
  changes[node.rule.setting] = readNumber(text, node.rule, what);
}

function readNumber(text: string, { minimum, maximum }: SettingRule, what: string): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  throw invalid(`${what} must be a whole number from ${minimum} to ${maximum}.`);
}

function invalid(reason: string): WsmanFault {
  return new WsmanFault('SchemaValidationError', reason);
}
