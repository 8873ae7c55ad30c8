import { describeType } from '../cim/model/cim-type.js';
import type {
  ClassDescription,
  MethodDescription,
  ParameterDescription,
  PropertyDescription,
} from '../client/class-description.js';
import { formatTable } from './format-table.js';
import { printable } from './printable.js';

/**
 * A class for people: what it is, a table of its properties, a line for each method.
 *
 * @param working the methods that do their work, where that is known; the others are marked
 */
export function formatClass(description: ClassDescription, working?: ReadonlySet<string>): string {
  const { name, derivation, properties, methods } = description;
  const marks = kindOf(description);
  const kind = marks === '' ? '' : ` (${marks})`;
  const parts = [`${[name, ...derivation].map(printable).join(' : ')}${kind}\n`];
  if (properties.size > 0) {
    parts.push(formatTable(['Property', 'Type', 'Marks', 'From'], [...properties.values()].map(propertyRow)));
  }
  const lines = [...methods].map(([name, method]) => methodLine(method, working?.has(name) ?? true));
  if (lines.length > 0) parts.push(`${lines.join('\n')}\n`);
  return parts.join('\n');
}

/** What sets a class apart from one that just has instances. */
export function kindOf({
  isAbstract,
  isAssociation,
  isIndication,
}: Pick<ClassDescription, 'isAbstract' | 'isAssociation' | 'isIndication'>): string {
  return marksOf({ abstract: isAbstract, association: isAssociation, indication: isIndication });
}

function propertyRow(property: PropertyDescription): readonly string[] {
  const { name, type, isKey, isRequired, isWritable, classOrigin } = property;
  const marks = marksOf({ key: isKey, required: isRequired, write: isWritable });
  return [name, describeType(type), marks, classOrigin ?? ''].map(printable);
}

function methodLine({ name, returnType, isStatic, parameters }: MethodDescription, works: boolean): string {
  const list = [...parameters.values()].map(parameterText).join(', ');
  const mark = works ? '' : '  -- not available here';
  return printable(`${isStatic ? 'static ' : ''}${describeType(returnType)} ${name}(${list})${mark}`);
}

function parameterText({ name, type, isIn, isOut, isRequired }: ParameterDescription): string {
  return `[${marksOf({ in: isIn, out: isOut, required: isRequired })}] ${describeType(type)} ${name}`;
}

function marksOf(marks: Readonly<Record<string, boolean>>): string {
  return Object.keys(marks)
    .filter((mark) => marks[mark])
    .join(', ');
}
