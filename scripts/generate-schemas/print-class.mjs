/**
 * @typedef {import('./declare-class.mjs').ClassText} ClassText
 * @typedef {import('./declare-class.mjs').ElementText} ElementText
 * @typedef {import('./read-facts.mjs').QualifierFact} QualifierFact
 */

const lineWidth = 110;

/**
 * MOF of one class declaration (DSP0004 Annex A, classDeclaration).
 *
 * @param {ClassText} text
 * @returns {string}
 */
export function printClass(text) {
  const heading = text.superclass === undefined ? `class ${text.name}` : `class ${text.name} : ${text.superclass}`;
  const members = [...text.properties.map(printProperty), ...text.methods.map(printMethod)];
  return `${printQualifiers(text.qualifiers, '')}${heading}\n{\n${members.join('\n')}};\n`;
}

/** @param {ElementText} property */
function printProperty(property) {
  return `${printQualifiers(property.qualifiers, '  ')}  ${printElement(property)}${printValue(property)};\n`;
}

/** @param {ElementText & { parameters: ElementText[] }} method */
function printMethod(method) {
  const parameters = method.parameters.map(
    (parameter) =>
      `${printQualifiers(parameter.qualifiers, '    ')}    ${printElement(parameter)}${printValue(parameter)}`,
  );
  const list = parameters.length === 0 ? '()' : `(\n${parameters.join(',\n')}\n  )`;
  return `${printQualifiers(method.qualifiers, '  ')}  ${method.type} ${method.name}${list};\n`;
}

/** @param {ElementText} element */
function printElement(element) {
  return `${element.type} ${element.name}${element.array ? '[]' : ''}`;
}

/** @param {ElementText} element */
function printValue(element) {
  return element.default === undefined ? '' : ` = ${printDefault(element)}`;
}

/** @param {ElementText} element */
function printDefault(element) {
  if (element.default === null || element.default === undefined) return 'NULL';
  const literal = printLiteral(element.default);
  return element.array ? `{${literal}}` : literal;
}

/**
 * @param {[string, QualifierFact][]} qualifiers
 * @param {string} indent
 */
function printQualifiers(qualifiers, indent) {
  if (qualifiers.length === 0) return '';
  const oneLine = `${indent}[${qualifiers.map(printQualifier).join(', ')}]\n`;
  if (oneLine.length <= lineWidth) return oneLine;
  const lines = qualifiers.map((qualifier) => printWrapped(qualifier, `${indent} `));
  return `${indent}[${lines.join(`,\n${indent} `)}]\n`;
}

/** @param {[string, QualifierFact]} qualifier */
function printQualifier([name, value]) {
  if (value === true) return name;
  return Array.isArray(value) ? `${name}{${value.map(printLiteral).join(', ')}}` : `${name}(${printLiteral(value)})`;
}

/**
 * @param {[string, QualifierFact]} qualifier
 * @param {string} indent
 */
function printWrapped(qualifier, indent) {
  const plain = printQualifier(qualifier);
  const [name, value] = qualifier;
  if (!Array.isArray(value) || indent.length + plain.length + 1 <= lineWidth) return plain;
  const lines = [''];
  for (const [index, item] of value.entries()) {
    const piece = index + 1 === value.length ? printLiteral(item) : `${printLiteral(item)},`;
    const last = lines[lines.length - 1] ?? '';
    if (last !== '' && indent.length + 2 + last.length + 1 + piece.length > lineWidth) lines.push(piece);
    else lines[lines.length - 1] = last === '' ? piece : `${last} ${piece}`;
  }
  return `${name}{\n${lines.map((line) => `${indent}  ${line}`).join('\n')}}`;
}

/** @param {string | number | boolean} value */
function printLiteral(value) {
  return typeof value === 'string' ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : String(value);
}
