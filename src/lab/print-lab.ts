import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimType } from '../cim/model/cim-type.js';
import { type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { sameNamespace } from '../cim/model/instance-path.js';
import type { NameMap } from '../cim/model/name-map.js';
import { isOfNamespaces } from '../cim/schema/namespace-class.js';
import { printString, printValue } from '../mof/print/print-value.js';
import { findUnsayable } from './find-unsayable.js';
import { LabPrintError } from './lab-print-error.js';

/** As much of a class as its instances are printed by: schemas and clients have it. */
export interface PrintableClass {
  readonly properties: NameMap<{
    readonly name: string;
    readonly type: CimType;
    /** Undefined when the class names none. */
    readonly defaultValue: CimValue | undefined;
  }>;
}

/** The class of that name in a namespace; undefined where nothing is known of it. */
export type FindPrintableClass = (className: string, namespace: string) => PrintableClass | undefined;

/**
 * The MOF text of instances, in their order: an endpoint with the same classes that starts with it has them all, each value as it was. What
 * an instance does not have, and its class would give it, is NULL. Instances of `__NAMESPACE` and `__SystemSecurity` are left out: they come with the namespaces.
 *
 * @param instances each with its path, namespace included
 * @throws LabPrintError for what MOF has no form for, with the instance and the property
 */
export function printLab(instances: Iterable<CimInstance>, findClass: FindPrintableClass): string {
  let text = '';
  let namespace: string | undefined;
  for (const instance of instances) {
    const own = instance.path?.namespace;
    if (own === undefined) throw new LabPrintError(`an instance of ${instance.className} has no namespace`);
    if (isOfNamespaces(instance.className)) continue;
    if (namespace === undefined || !sameNamespace(own, namespace)) {
      text += `${text === '' ? '' : '\n'}#pragma namespace(${printString(own)})\n`;
      namespace = own;
    }
    text += `\n${printInstance(instance, own, findClass, String(instance.path))}`;
  }
  return text;
}

/** @param what the instance is called in errors */
function printInstance(instance: CimInstance, namespace: string, findClass: FindPrintableClass, what: string): string {
  const { className, properties } = instance;
  const declared = findClass(className, namespace)?.properties;
  const lines: string[] = [];
  const print = (name: string, value: CimValue, type: CimType | undefined) => {
    const problem = findUnsayable(value);
    if (problem !== undefined) throw new LabPrintError(`${what}: ${name}: ${problem}`);
    const embedded = (one: CimInstance) => printInstance(one, namespace, findClass, `${what}: ${name}`);
    lines.push(`  ${name} = ${printValue(value, type?.name ?? typeNameOf(value), embedded)};\n`);
  };
  for (const [name, value] of properties) print(name, value, declared?.get(name)?.type);
  for (const { name, type, defaultValue } of declared?.values() ?? []) {
    const isGiven = defaultValue === undefined || defaultValue === null;
    if (!isGiven && !properties.has(name)) print(name, null, type);
  }
  return `instance of ${className}\n{\n${lines.join('')}};\n`;
}

/** Only how a number is written depends on it. */
function typeNameOf(value: CimValue): 'real64' | 'string' {
  const numbers = (isCimArray(value) ? value : [value]).filter((one) => typeof one === 'number');
  return numbers.some((one) => !Number.isInteger(one)) ? 'real64' : 'string';
}
