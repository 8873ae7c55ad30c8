/**
 * A schema like the DMTF's own in size and shape: inheritance ten levels deep, long descriptions in many literals, value
 * maps, methods, associations. The same numbers give the same text.
 */

const words = (
  'the of a managed element system service that is to be in for when this property value state storage port which may ' +
  'an instance class identifies used by other device network element\\\'s \\"name\\" requested operation (see DSP1034)'
).split(' ');

const qualifierTypes = `
Qualifier Association : boolean = false, Scope(association), Flavor(DisableOverride, ToSubclass);
Qualifier Abstract : boolean = false, Scope(class, association, indication), Flavor(Restricted);
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride, ToSubclass);
Qualifier Description : string = NULL, Scope(any), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier UMLPackagePath : string = NULL, Scope(class, association, indication);
Qualifier Version : string = NULL, Scope(class, association, indication), Flavor(Restricted, Translatable);
Qualifier MappingStrings : string[], Scope(any), Flavor(EnableOverride, ToSubclass);
Qualifier ModelCorrespondence : string[], Scope(any), Flavor(EnableOverride, ToSubclass);
Qualifier ValueMap : string[], Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier Values : string[], Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier Override : string = NULL, Scope(property, method, reference), Flavor(Restricted);
Qualifier Required : boolean = false, Scope(property, reference, method, parameter);
Qualifier MaxLen : uint32 = NULL, Scope(property, method, parameter);
Qualifier MinValue : sint64 = NULL, Scope(property, method, parameter);
Qualifier Units : string = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier In : boolean = true, Scope(parameter), Flavor(DisableOverride, ToSubclass);
Qualifier Out : boolean = false, Scope(parameter), Flavor(DisableOverride, ToSubclass);
`;

/**
 * @param {{ classes?: number, wordsPerDescription?: number }} [size]
 * @returns {string}
 */
export function largeSchema({ classes = 1600, wordsPerDescription = 90 } = {}) {
  const parts = [qualifierTypes];
  for (let index = 0; index < classes; index += 1) parts.push(printClass(index, wordsPerDescription));
  return parts.join('\n');
}

function printClass(index, length) {
  const isAssociation = index % 5 === 4;
  return isAssociation ? printAssociation(index, length) : printElement(index, length);
}

function printElement(index, length) {
  const superclass = superclassOf(index);
  const properties = Array.from({ length: 7 }, (_, slot) => printProperty(index, slot, length));
  if (superclass === undefined) properties.unshift('   [Key, MaxLen ( 256 )]\n   string InstanceID;\n');
  return `// ${'='.repeat(68)}
// LARGE_Element${index}
// ${'='.repeat(68)}
   [Version ( "2.${index % 40}.0" ),
    UMLPackagePath ( "CIM::Core::Part${index % 30}" ),
    Description (
${printText(index, length)} )]
class LARGE_Element${index}${superclass === undefined ? '' : ` : LARGE_Element${superclass}`} {

${properties.join('\n')}
${printMethod(index, length)}};
`;
}

/** Trees of at most ten levels, which associations (every fifth class) have no part in. */
function superclassOf(index) {
  const parent = Math.floor(index / 2);
  if (index < 4) return undefined;
  return parent % 5 === 4 ? parent - 1 : parent;
}

function printProperty(index, slot, length) {
  const name = `Value${index}_${slot}`;
  const description = `Description (\n${printText(index + slot, length)} )`;
  const type = ['uint16', 'string', 'uint64', 'boolean', 'datetime', 'sint32', 'real64'][slot];
  if (slot === 0) {
    const codes = Array.from({ length: 12 }, (_, code) => `"${code}"`).join(', ');
    const labels = Array.from({ length: 12 }, (_, code) => `"${words[(index + code) % words.length]} ${code}"`);
    return `      [${description},
       ValueMap { ${codes}, "..", "32768..65535" },
       Values { ${labels.join(', \n          ')}, "DMTF Reserved", "Vendor Reserved" },
       ModelCorrespondence { "LARGE_Element${index}.Value${index}_1" }]
   ${type} ${name} = ${index % 12};
`;
  }
  const more =
    slot === 1 ? `MaxLen ( ${256 + index} ), MappingStrings { "MIF.DMTF|Part|00${index % 9}.${slot}" },\n       ` : '';
  return `      [${more}${description}${slot === 5 ? ', MinValue ( -1 ), Units ( "Bytes" )' : ''}]\n   ${type} ${name}${slot === 6 ? '[]' : ''};\n`;
}

function printMethod(index, length) {
  return `      [Description (\n${printText(index, length)} ),
       ValueMap { "0", "1", "2", "3", "4", "5", "..", "4096" },
       Values { "Completed", "Not Supported", "Unknown", "Timeout", "Failed", "Invalid Parameter", "DMTF Reserved", "Job" }]
   uint32 Request${index}(
         [In, Description (\n${printText(index + 1, length >> 1)} )]
      uint16 Requested,
         [In ( false ), Out, Description (\n${printText(index + 2, length >> 1)} )]
      LARGE_Element0 REF Job,
         [In]
      datetime Timeouts[]);
`;
}

function printAssociation(index, length) {
  return `   [Association, Version ( "2.6.0" ), Description (
${printText(index, length)} )]
class LARGE_Association${index} {

      [Key, Description (\n${printText(index + 1, length >> 1)} )]
   LARGE_Element0 REF Antecedent;

      [Key, Description (\n${printText(index + 2, length >> 1)} )]
   LARGE_Element${index - 1} REF Dependent;
};
`;
}

/** A description as the DMTF sets it: one literal a line. */
function printText(seed, count) {
  const lines = [];
  for (let at = 0; at < count; at += 9) {
    const line = Array.from({ length: 9 }, (_, offset) => words[(seed * 7 + at * 3 + offset) % words.length]);
    lines.push(`       "${line.join(' ')} ${at + 9 < count ? '' : '\\n'}"`);
  }
  return lines.join('\n');
}
