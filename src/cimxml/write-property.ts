import type { CimMethod, CimProperty } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import type { XmlWriter } from '../xml/xml-writer.js';
import type { WriteClassOptions } from './write-class-options.js';
import { writeQualifiers } from './write-qualifiers.js';
import { writeCimXmlValue } from './write-value.js';

/**
 * Writes PROPERTY, PROPERTY.ARRAY or PROPERTY.REFERENCE with its default value (DSP0201 §5.2.5).
 *
 * @throws CimError NotSupported for an array of references, which CIM-XML has for parameters only
 */
export function writeProperty(writer: XmlWriter, property: CimProperty, options: WriteClassOptions): void {
  const { name, type, defaultValue } = property;
  if (type.name === 'reference') {
    if (type.array) throw new CimError('NotSupported', `CIM-XML has no form for ${name}, an array of references.`);
    writer
      .open('PROPERTY.REFERENCE')
      .attribute('NAME', name)
      .attribute('REFERENCECLASS', type.referenceClass ?? '');
  } else {
    writer
      .open(type.array ? 'PROPERTY.ARRAY' : 'PROPERTY')
      .attribute('NAME', name)
      .attribute('TYPE', type.name);
    if (type.array?.size !== undefined) writer.attribute('ARRAYSIZE', String(type.array.size));
  }
  writeOrigin(writer, property, options);
  if (type.embedded) writer.attribute('EmbeddedObject', type.embedded.kind);
  writeQualifiers(writer, property, options);
  // An embedded instance has no default but NULL.
  if (defaultValue !== undefined && !type.embedded) writeCimXmlValue(writer, defaultValue, type);
  writer.close();
}

/** Writes CLASSORIGIN and PROPAGATED (DSP0201 §5.1). */
export function writeOrigin(writer: XmlWriter, feature: CimProperty | CimMethod, options: WriteClassOptions): void {
  if (options.includeClassOrigin) writer.attribute('CLASSORIGIN', feature.classOrigin);
  if (feature.propagated) writer.attribute('PROPAGATED', 'true');
}
