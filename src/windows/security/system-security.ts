import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodImplementation } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import { SECURITY_CLASS } from '../../cim/schema/namespace-class.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { WmiError } from '../wmi-error.js';
import { callerSids } from './caller-sids.js';
import { descriptorBytes, readDescriptor } from './descriptor-bytes.js';
import { AceType, Control, type DescriptorParts, instanceOf, partsOf } from './descriptor-parts.js';
import { grantedAccess } from './granted-access.js';
import {
  ALL_RIGHTS,
  NamespaceRight,
  namespaceDescriptor,
  problemOf,
  setNamespaceDescriptor,
} from './namespace-security.js';

/** Codes of the two methods that are about an instance. */
export const SecurityCode = { success: 0, accessDenied: 2, invalidParameter: 21 } as const;

/** The rights to the namespace that the caller has, as bits. They are what the list gives: what a call may do, roles say. */
async function accessOf({ store, user }: MethodContext, { dacl, owner }: DescriptorParts): Promise<number> {
  const entries = dacl?.map((entry) => ({ ...entry, isDenied: entry.type === AceType.denied }));
  return grantedAccess(entries, owner, await callerSids(store, user));
}

/** The descriptor of the namespace that is spoken to. @throws MethodRefusal when the caller lacks the right */
async function checkedDescriptor(context: MethodContext, right: number, code: number): Promise<DescriptorParts> {
  const parts = await namespaceDescriptor(context.store, context.namespace);
  if (((await accessOf(context, parts)) & right) !== 0) return parts;
  throw new MethodRefusal(code, `${context.user ?? ''} may not do that with the security of ${context.namespace}`);
}

async function put(parts: DescriptorParts, code: number, { store, namespace }: MethodContext): Promise<void> {
  const problem = problemOf(parts);
  if (problem !== undefined) throw new MethodRefusal(code, problem);
  await setNamespaceDescriptor(store, namespace, parts);
}

const disabled: MethodImplementation = refusing(() => {
  throw new MethodRefusal(WmiError.methodDisabled, 'it is of a Windows without security descriptors');
});

/** The security of a namespace: it is kept, inherited, and given back. It keeps nobody out: roles do. */
export const systemSecurity = defineProvider(SECURITY_CLASS, {
  methods: {
    GetSD: refusing(async (_input, context) => {
      const parts = await checkedDescriptor(context, NamespaceRight.readControl, WmiError.accessDenied);
      return { ReturnValue: WmiError.none, SD: descriptorBytes(parts) ?? null };
    }),

    SetSD: refusing(async ({ SD }, context) => {
      await checkedDescriptor(context, NamespaceRight.writeDac, WmiError.accessDenied);
      const parts = SD !== undefined && isCimArray(SD) ? readDescriptor(SD.map(Number)) : undefined;
      if (!parts) throw new MethodRefusal(WmiError.invalidObject, 'SD is no security descriptor');
      await put(parts, WmiError.invalidParameter, context);
      return { ReturnValue: WmiError.none };
    }),

    GetSecurityDescriptor: refusing(async (_input, context) => {
      const parts = await checkedDescriptor(context, NamespaceRight.readControl, SecurityCode.accessDenied);
      return { ReturnValue: SecurityCode.success, Descriptor: instanceOf(parts) };
    }),

    SetSecurityDescriptor: refusing(async ({ Descriptor }, context) => {
      const before = await checkedDescriptor(context, NamespaceRight.writeDac, SecurityCode.accessDenied);
      const given = Descriptor instanceof CimInstance ? partsOf(Descriptor) : undefined;
      if (!given) throw new MethodRefusal(SecurityCode.invalidParameter, 'Descriptor is no security descriptor');
      const { control, dacl } = (given.control & Control.daclPresent) === 0 ? before : given;
      const [owner, group] = [given.owner ?? before.owner, given.group ?? before.group];
      await put({ ...given, control, dacl, owner, group }, SecurityCode.invalidParameter, context);
      return { ReturnValue: SecurityCode.success };
    }),

    GetCallerAccessRights: async (_input, context) => {
      const parts = await namespaceDescriptor(context.store, context.namespace);
      return { ReturnValue: WmiError.none, rights: (await accessOf(context, parts)) & ALL_RIGHTS };
    },

    Get9XUserList: disabled,
    Set9XUserList: disabled,
  },
  instances: {},
});
