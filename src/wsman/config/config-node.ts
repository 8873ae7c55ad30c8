import { escapeText } from '../../xml/escape-xml.js';
import { ns } from '../../xml/namespaces.js';
import type { SettingValues } from '../service-settings.js';

/** A value that a Put may change. */
export interface SettingRule {
  readonly setting: keyof SettingValues;
  readonly minimum: number;
  readonly maximum: number;
}

/** One value, as the text of its element. */
export interface ConfigValue {
  readonly kind: 'value';
  readonly name: string;
  readonly text: string;
  /** Absent: the value is fixed when the endpoint starts. */
  readonly rule?: SettingRule;
}

/** An element with further ones in it; each is a resource of its own. */
export interface ConfigSection {
  readonly kind: 'section';
  readonly name: string;
  readonly children: readonly ConfigNode[];
}

export type ConfigNode = ConfigValue | ConfigSection;

export function section(name: string, children: readonly ConfigNode[]): ConfigSection {
  return { kind: 'section', name, children };
}

export function value(name: string, content: string | number | boolean, rule?: SettingRule): ConfigValue {
  return { kind: 'value', name, text: String(content), ...(rule && { rule }) };
}

/** The section that a path of names leads to, without regard to case; undefined when there is none. */
export function findSection(root: ConfigSection, path: readonly string[]): ConfigSection | undefined {
  let current: ConfigSection | undefined = root;
  for (const step of path) {
    current = current?.children.find(
      (child): child is ConfigSection => child.kind === 'section' && child.name.toLowerCase() === step.toLowerCase(),
    );
  }
  return current;
}

/** Writes a section as the root element of a configuration document. */
export function writeSection(root: ConfigSection): string {
  return `<cfg:${root.name} xmlns:cfg="${ns.config}">${root.children.map(writeNode).join('')}</cfg:${root.name}>`;
}

function writeNode(node: ConfigNode): string {
  const name = `cfg:${node.name}`;
  const content = node.kind === 'value' ? escapeText(node.text) : node.children.map(writeNode).join('');
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}
