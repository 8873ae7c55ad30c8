import { type CimClass, lineage } from '../cim/model/cim-class.js';
import { bytesOfText, ENTRY_BYTES, messageMemory } from '../strings/message-memory.js';
import { XmlWriter } from '../xml/xml-writer.js';
import type { WriteClassOptions } from './write-class-options.js';
import { writeMethod } from './write-method.js';
import { writeProperty } from './write-property.js';
import { writeQualifiers } from './write-qualifiers.js';

/**
 * The CIM-XML declaration of a class (DSP0201 §5.2.5): one CLASS element without namespace, XML declaration or white
 * space, as it stands in the body of a GetClass answer (DSP0227 §15).
 *
 * It holds to what MI, the client library below the CIM cmdlets, demands beyond the DTD: no attribute that MI does not
 * know, a value in every qualifier, TYPE on every method.
 *
 * @throws CimError NotSupported for what CIM-XML cannot say: properties that are arrays of references, methods that
 *   return references
 */
export function writeClass(cimClass: CimClass, options: WriteClassOptions): string {
  const key = keyOf(options);
  let text = remembered.get(cimClass)?.get(key);
  if (text === undefined) {
    text = build(cimClass, options);
    // V8 holds an appended string as a tree of its pieces, six times its size, until a character of it is read.
    text.charCodeAt(0);
    keep(cimClass, key, text);
  }
  return text;
}

/** Classes never change, and clients ask for the same ones again and again. */
let remembered = new WeakMap<CimClass, Map<number, string>>();

/** Bytes of all of them: each class can be asked for in sixteen ways. */
const MAX_BYTES = 16_777_216;
const memory = messageMemory.join({
  most: MAX_BYTES,
  forget: () => {
    remembered = new WeakMap();
  },
});

function keep(cimClass: CimClass, key: number, text: string): void {
  if (!memory.take(bytesOfText(text) + ENTRY_BYTES)) return;
  const texts = remembered.get(cimClass) ?? new Map<number, string>();
  remembered.set(cimClass, texts.set(key, text));
}

function keyOf(options: WriteClassOptions): number {
  return (
    (options.includeQualifiers ? 1 : 0) |
    (options.includeInheritedElements ? 2 : 0) |
    (options.includeInheritanceHierarchy ? 4 : 0) |
    (options.includeClassOrigin ? 8 : 0)
  );
}

function build(cimClass: CimClass, options: WriteClassOptions): string {
  const writer = new XmlWriter().open('CLASS').attribute('NAME', cimClass.name);
  const { superclass } = cimClass;
  if (superclass) {
    writer.attribute('SUPERCLASS', superclass.name);
    // No attribute of the DTD, but one of Windows; MI demands that it begins with the superclass.
    if (options.includeInheritanceHierarchy) {
      writer.attribute('DERIVATION', [...lineage(superclass)].map(({ name }) => name).join(','));
    }
  }
  writeQualifiers(writer, { qualifiers: cimClass.qualifiers, propagated: false }, options);
  for (const property of cimClass.properties.values()) {
    if (isWanted(property, options)) writeProperty(writer, property, options);
  }
  for (const method of cimClass.methods.values()) {
    if (isWanted(method, options)) writeMethod(writer, method, options);
  }
  return writer.close().toString();
}

function isWanted({ propagated }: { readonly propagated: boolean }, options: WriteClassOptions): boolean {
  return options.includeInheritedElements || !propagated;
}
