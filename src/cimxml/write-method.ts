import type { CimMethod, CimParameter } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import type { XmlWriter } from '../xml/xml-writer.js';
import type { WriteClassOptions } from './write-class-options.js';
import { writeOrigin } from './write-property.js';
import { writeParameterQualifiers, writeQualifiers } from './write-qualifiers.js';

/**
 * Writes METHOD with its parameters in the order of the declaration (DSP0201 §5.2.5). TYPE is there always: the DTD
 * lets it go, MI does not.
 *
 * @throws CimError NotSupported for a method that returns a reference, which DSP0004 and CIM-XML do not have
 */
export function writeMethod(writer: XmlWriter, method: CimMethod, options: WriteClassOptions): void {
  const { name, returnType, propagated } = method;
  if (returnType.name === 'reference') {
    throw new CimError('NotSupported', `CIM-XML has no form for ${name}, a method that returns a reference.`);
  }
  writer.open('METHOD').attribute('NAME', name).attribute('TYPE', returnType.name);
  writeOrigin(writer, method, options);
  writeQualifiers(writer, method, options);
  for (const parameter of method.parameters.values()) writeParameter(writer, { ...parameter, propagated }, options);
  writer.close();
}

interface MethodParameter extends CimParameter {
  /** A parameter is as much inherited as its method. */
  readonly propagated: boolean;
}

/** PARAMETER, PARAMETER.ARRAY, PARAMETER.REFERENCE or PARAMETER.REFARRAY (DSP0201 §5.2.5). */
function writeParameter(writer: XmlWriter, parameter: MethodParameter, options: WriteClassOptions): void {
  const { name, type } = parameter;
  if (type.name === 'reference') {
    writer.open(type.array ? 'PARAMETER.REFARRAY' : 'PARAMETER.REFERENCE').attribute('NAME', name);
    writer.attribute('REFERENCECLASS', type.referenceClass ?? '');
  } else {
    writer
      .open(type.array ? 'PARAMETER.ARRAY' : 'PARAMETER')
      .attribute('NAME', name)
      .attribute('TYPE', type.name);
  }
  if (type.array?.size !== undefined) writer.attribute('ARRAYSIZE', String(type.array.size));
  writeParameterQualifiers(writer, parameter, options);
  writer.close();
}
