/**
 * @typedef {import('../../dist/cim/cim-class.js').CimClass} CimClass
 * @typedef {import('../../dist/cim/cim-class.js').CimMethod} CimMethod
 * @typedef {import('../../dist/cim/cim-class.js').CimParameter} CimParameter
 * @typedef {import('../../dist/cim/cim-type.js').CimType} CimType
 */

/** Where the generated file finds the types of values that are not plain JavaScript. */
const modules = {
  CimClass: 'cim-class',
  CimDateTime: 'cim-date-time',
  CimInstance: 'cim-instance',
  InstancePath: 'instance-path',
};

/**
 * The TypeScript of a class: an interface with the input and output of every method, and a constant of the same name
 * with the codes of their value maps.
 *
 * @param {CimClass} cimClass
 */
export function printProviderTypes(cimClass) {
  const methods = [...cimClass.methods.values()];
  const types = methods.map(printMethodTypes).join('');
  const codes = methods.map(printMethodCodes).join('');
  const body = `export interface ${cimClass.name} {\n${types}}\n\nexport const ${cimClass.name} = {\n${codes}} as const;\n`;
  const imports = Object.entries(modules)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(types))
    .map(([name, file]) => `import type { ${name} } from '../../cim/${file}.js';\n`);
  const head = '// Written by scripts/generate-provider-types from the MOF in schemas/: do not edit.\n';
  return [head, ...(imports.length > 0 ? ['\n', ...imports] : []), '\n', body].join('');
}

/** The name of the file that holds a class: `MSISCSITARGET_iSCSISession` → `msiscsitarget-iscsi-session.ts`. */
export function fileNameOf(/** @type {string} */ className) {
  return `${className
    .replaceAll('iSCSI', 'Iscsi')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()}.ts`;
}

/** @param {CimMethod} method */
function printMethodTypes(method) {
  const parameters = [...method.parameters.values()];
  const input = parameters.filter(({ isIn }) => isIn).map(({ name, type }) => property(`${name}?`, type));
  const output = parameters.filter(({ isOut }) => isOut).map(({ name, type }) => property(name, type));
  const returned = `      readonly ReturnValue: ${scalarType(method.returnType)};\n`;
  return [
    `  readonly ${method.name}: {\n`,
    input.length > 0
      ? `    readonly input: {\n${input.join('')}    };\n`
      : '    readonly input: Record<never, never>;\n',
    `    readonly output: {\n${output.join('')}${returned}    };\n  };\n`,
  ].join('');
}

/**
 * @param {string} name
 * @param {CimType} type
 */
function property(name, type) {
  const element = scalarType(type);
  return `      readonly ${name}: ${type.array ? `readonly (${element} | null)[]` : element} | null;\n`;
}

/** @param {CimType} type */
function scalarType({ name, embedded }) {
  if (embedded) return embedded.kind === 'object' ? 'CimInstance | CimClass' : 'CimInstance';
  switch (name) {
    case 'boolean':
      return 'boolean';
    case 'string':
    case 'char16':
      return 'string';
    case 'datetime':
      return 'CimDateTime';
    case 'reference':
      return 'InstancePath';
    case 'uint64':
    case 'sint64':
      return 'bigint';
    default:
      return 'number';
  }
}

/** @param {CimMethod} method */
function printMethodCodes(method) {
  const mapped = [{ ...method, name: 'ReturnValue' }, ...method.parameters.values()];
  const maps = mapped.flatMap((element) => {
    const codes = codesOf(element).map(([label, code]) => `      ${label}: ${code},\n`);
    return codes.length > 0 ? [`    ${element.name}: {\n${codes.join('')}    },\n`] : [];
  });
  return maps.length > 0 ? `  ${method.name}: {\n${maps.join('')}  },\n` : '';
}

/**
 * The single codes of a value map by label; ranges have no one value, and are left out.
 *
 * @param {Pick<CimParameter, 'qualifiers'>} element
 * @returns {[string, string][]}
 */
function codesOf({ qualifiers }) {
  const codes = qualifiers.get('ValueMap')?.value;
  const labels = qualifiers.get('Values')?.value;
  if (!Array.isArray(codes) || !Array.isArray(labels)) return [];
  /** @type {Map<string, string>} */
  const named = new Map();
  for (const [index, code] of codes.entries()) {
    if (!/^\d+$/.test(String(code))) continue;
    const label = identifier(String(labels[index]));
    named.set(named.has(label) ? `${label}${code}` : label, String(code));
  }
  return [...named];
}

/** `Job Completed with No Error` → `JobCompletedWithNoError`. */
function identifier(/** @type {string} */ label) {
  const words = label.match(/[A-Za-z\d]+/g) ?? [];
  const joined = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `_${joined}`;
}
