import { printTypesFile } from '../../dist/types/print-types-file.js';

/** Where the generated file finds the types of values that are not plain JavaScript. */
const modules = {
  CimClass: 'cim-class',
  CimDateTime: 'cim-date-time',
  CimInstance: 'cim-instance',
  InstancePath: 'instance-path',
};

/**
 * The file of a class that has a built-in provider.
 *
 * @param {import('../../dist/cim/model/cim-class.js').CimClass} cimClass
 */
export function printProviderTypes(cimClass) {
  return printTypesFile([cimClass], {
    head: ['Written by scripts/generate-provider-types from the MOF in schemas/: do not edit.'],
    moduleOf: (name) => `../../cim/model/${modules[name]}.js`,
  });
}

/** The name of the file that holds a class: `MSISCSITARGET_iSCSISession` → `msiscsitarget-iscsi-session.ts`. */
export function fileNameOf(/** @type {string} */ className) {
  return `${className
    .replaceAll('iSCSI', 'Iscsi')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()}.ts`;
}
