import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { descriptorBytes, readDescriptor } from './descriptor-bytes.js';
import { type DescriptorParts, instanceOf, partsOf } from './descriptor-parts.js';
import { formatSddl, parseSddl } from './sddl.js';

/** Of WinError.h: the class has no page for its methods' codes. */
export const HelperCode = { success: 0, invalidParameter: 87, invalidDescriptor: 1338 } as const;

/** A form of a descriptor: the parameter that has it, and how it is read and written. */
interface Form {
  readonly parameter: string;
  readonly code: number;
  read(value: CimValue): DescriptorParts | undefined;
  write(parts: DescriptorParts): CimValue | undefined;
}

const instance: Form = {
  parameter: 'Descriptor',
  code: HelperCode.invalidDescriptor,
  read: (value) => (value instanceof CimInstance ? partsOf(value) : undefined),
  write: instanceOf,
};

const bytes: Form = {
  parameter: 'BinarySD',
  code: HelperCode.invalidDescriptor,
  read: (value) => (isCimArray(value) ? readDescriptor(value.map(Number)) : undefined),
  write: descriptorBytes,
};

const text: Form = {
  parameter: 'SDDL',
  code: HelperCode.invalidParameter,
  read: (value) => (typeof value === 'string' ? parseSddl(value) : undefined),
  write: formatSddl,
};

function converting(from: Form, to: Form): MethodImplementation {
  return refusing((input) => {
    const given = input[from.parameter] ?? null;
    if (given === null) throw new MethodRefusal(HelperCode.invalidParameter, `${from.parameter} is missing`);
    const parts = from.read(given);
    if (!parts) throw new MethodRefusal(from.code, `${from.parameter} is no security descriptor that is known here`);
    const written = to.write(parts);
    if (written === undefined) throw new MethodRefusal(HelperCode.invalidDescriptor, 'a list of it is too long');
    return { ReturnValue: HelperCode.success, [to.parameter]: written };
  });
}

/** Win32_SecurityDescriptorHelper: one descriptor in its three forms. */
export const descriptorHelper = defineProvider('Win32_SecurityDescriptorHelper', {
  methods: {
    Win32SDToSDDL: converting(instance, text),
    Win32SDToBinarySD: converting(instance, bytes),
    SDDLToWin32SD: converting(text, instance),
    SDDLToBinarySD: converting(text, bytes),
    BinarySDToWin32SD: converting(bytes, instance),
    BinarySDToSDDL: converting(bytes, text),
  },
});
