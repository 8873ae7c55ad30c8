import type { CimQualifier } from '../cim/model/cim-class.js';
import { plainType } from '../cim/model/cim-type.js';
import { type NameMap, sameName } from '../cim/model/name-map.js';
import type { XmlWriter } from '../xml/xml-writer.js';
import type { WriteClassOptions } from './write-class-options.js';
import { writeCimXmlValue } from './write-value.js';

interface Qualified {
  readonly qualifiers: NameMap<CimQualifier>;
  /** True when the element belongs to a superclass and is not overridden. */
  readonly propagated: boolean;
}

interface Directed extends Qualified {
  readonly isIn: boolean;
  readonly isOut: boolean;
}

/** Writes the QUALIFIER elements of a class, property or method, when they are wanted. */
export function writeQualifiers(writer: XmlWriter, element: Qualified, options: WriteClassOptions): void {
  if (!options.includeQualifiers) return;
  for (const qualifier of element.qualifiers.values()) {
    if (isInForce(qualifier, element, options)) writeQualifier(writer, qualifier, element);
  }
}

/**
 * Writes the QUALIFIER elements of a parameter. In is there even when it is only the default: clients tell a parameter's
 * direction by In and Out, and MI takes a parameter whose In is not false for one that goes in.
 */
export function writeParameterQualifiers(writer: XmlWriter, parameter: Directed, options: WriteClassOptions): void {
  if (!options.includeQualifiers) return;
  const { qualifiers, isIn, isOut } = parameter;
  writeQualifier(writer, direction(qualifiers, 'In', isIn), parameter);
  if (isOut || qualifiers.has('Out')) writeQualifier(writer, direction(qualifiers, 'Out', isOut), parameter);
  for (const qualifier of qualifiers.values()) {
    if (sameName(qualifier.name, 'In') || sameName(qualifier.name, 'Out')) continue;
    if (isInForce(qualifier, parameter, options)) writeQualifier(writer, qualifier, parameter);
  }
}

function direction(qualifiers: NameMap<CimQualifier>, name: 'In' | 'Out', value: boolean): CimQualifier {
  const declared = qualifiers.get(name);
  if (declared) return { ...declared, value };
  // The flavors that DSP0004 §5.6.3 gives In and Out: DisableOverride, ToSubclass.
  const flavor = { overridable: false, toSubclass: true, translatable: false };
  return { name, type: plainType('boolean'), value, flavor, propagated: false };
}

function isInForce(qualifier: CimQualifier, element: Qualified, options: WriteClassOptions): boolean {
  // MI refuses the whole class for a QUALIFIER without a value, so NULL is told by saying nothing.
  if (qualifier.value === null) return false;
  // To MI the mere name makes a string an embedded object, whatever the value.
  if (qualifier.value === false && sameName(qualifier.name, 'EmbeddedObject')) return false;
  // DSP0004 §5.6.1.2: a Restricted qualifier stays with the class that has it.
  if (element.propagated && !qualifier.flavor.toSubclass) return false;
  return options.includeInheritedElements || !(qualifier.propagated || element.propagated);
}

/** DSP0201 §5.2.5, QUALIFIER. NAME comes first, where MI looks for it; flavors are written where they are not the default. */
function writeQualifier(writer: XmlWriter, qualifier: CimQualifier, element: Qualified): void {
  const { name, type, value, flavor } = qualifier;
  writer.open('QUALIFIER').attribute('NAME', name).attribute('TYPE', type.name);
  if (qualifier.propagated || element.propagated) writer.attribute('PROPAGATED', 'true');
  if (!flavor.overridable) writer.attribute('OVERRIDABLE', 'false');
  if (!flavor.toSubclass) writer.attribute('TOSUBCLASS', 'false');
  if (flavor.translatable) writer.attribute('TRANSLATABLE', 'true');
  writeCimXmlValue(writer, value, type);
  writer.close();
}
