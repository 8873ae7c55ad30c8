import { createHash } from 'node:crypto';
import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodImplementation } from '../../cim/contracts/provider.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import { CLEARED, presenceMethods } from './presence.js';
import {
  authorization,
  checkOwner,
  flagsOf,
  keep,
  kept,
  ofTpm,
  TPM_CLASS,
  TpmCode,
  type TpmFlags,
} from './tpm-state.js';

/** Bits of `Information`: what is missing for a module to be ready. */
const Information = { physicalPresence: 0x10, activate: 0x20, takeOwnership: 0x40, createKey: 0x80, ownerAuth: 0x100 };

/** `IsCommandBlocked`: by the list of the computer. */
const LOCAL_LIST = 2;

/** A method that asks for one of the flags. */
function asking(output: string, flag: keyof TpmFlags): MethodImplementation {
  return ofTpm((tpm) => ({ [output]: flagsOf(tpm)[flag] }));
}

/** A method of the owner, which gives the module other flags. */
function ofOwner(changes: Partial<TpmFlags>): MethodImplementation {
  return ofTpm(async (tpm, { OwnerAuth }, context) => {
    await checkOwner(tpm, OwnerAuth, context);
    await context.store.put(tpm.with({ ...changes }));
    return {};
  });
}

async function missing(flags: TpmFlags, context: MethodContext): Promise<number> {
  const [lacksKey, auth] = [await kept(context, 'LacksEndorsementKey'), await kept(context, 'OwnerAuth')];
  return (
    (flags.IsEnabled_InitialValue ? 0 : Information.physicalPresence) |
    (flags.IsActivated_InitialValue ? 0 : Information.activate) |
    (flags.IsOwned_InitialValue ? 0 : Information.takeOwnership) |
    (lacksKey === true ? Information.createKey : 0) |
    (flags.IsOwned_InitialValue && auth === null ? Information.ownerAuth : 0)
  );
}

async function blocked(context: MethodContext): Promise<readonly CimValue[]> {
  const commands = await kept(context, 'BlockedCommands');
  return isCimArray(commands) ? commands : [];
}

/** The number of a command. @throws MethodRefusal invalidArgument */
function ordinal({ CommandOrdinal }: Readonly<Record<string, CimValue | undefined>>): number {
  if (typeof CommandOrdinal === 'number') return CommandOrdinal;
  throw new MethodRefusal(TpmCode.invalidArgument, 'CommandOrdinal is missing');
}

/** A method that adds a command to those that are blocked, or takes it away. */
function blocking(isBlocked: boolean): MethodImplementation {
  return ofTpm(async (_tpm, input, context) => {
    const command = ordinal(input);
    const others = (await blocked(context)).filter((one) => one !== command);
    const BlockedCommands = [...others, ...(isBlocked ? [command] : [])].map(Number);
    await keep(context, { BlockedCommands });
    return {};
  });
}

const takeOwnership: MethodImplementation = ofTpm(async (tpm, { OwnerAuth }, context) => {
  const flags = flagsOf(tpm);
  const auth =
    OwnerAuth === undefined || OwnerAuth === null ? await kept(context, 'OwnerAuth') : authorization(OwnerAuth);
  if (auth === null) throw new MethodRefusal(TpmCode.invalidArgument, 'OwnerAuth is missing, and Windows knows none');
  if (flags.IsOwned_InitialValue) throw new MethodRefusal(TpmCode.ownerSet, 'the module has an owner');
  if ((await kept(context, 'LacksEndorsementKey')) === true)
    throw new MethodRefusal(TpmCode.noEndorsement, 'the module has no endorsement key');
  if (!(flags.IsEnabled_InitialValue && flags.IsActivated_InitialValue))
    throw new MethodRefusal(TpmCode.disabled, 'the module is disabled or deactivated');
  if ((await kept(context, 'IsInstallDisabled')) === true)
    throw new MethodRefusal(TpmCode.installDisabled, 'nobody may become its owner');
  await keep(context, { OwnerAuth: auth });
  await context.store.put(tpm.with({ IsOwned_InitialValue: true }));
  return {};
});

/** Win32_Tpm: the trusted platform module of the computer, as far as it can be asked and switched. It computes nothing. */
export const tpm = defineProvider(TPM_CLASS, {
  methods: {
    IsEnabled: asking('IsEnabled', 'IsEnabled_InitialValue'),
    IsActivated: asking('IsActivated', 'IsActivated_InitialValue'),
    IsOwned: asking('IsOwned', 'IsOwned_InitialValue'),
    IsOwnershipAllowed: ofTpm(async (_tpm, _input, context) => ({
      IsOwnershipAllowed: (await kept(context, 'IsInstallDisabled')) !== true,
    })),
    IsEndorsementKeyPairPresent: ofTpm(async (_tpm, _input, context) => ({
      IsEndorsementKeyPairPresent: (await kept(context, 'LacksEndorsementKey')) !== true,
    })),
    CreateEndorsementKeyPair: ofTpm(async (_tpm, _input, context) => {
      if ((await kept(context, 'LacksEndorsementKey')) !== true)
        throw new MethodRefusal(TpmCode.disabledCommand, 'the module has an endorsement key');
      await keep(context, { LacksEndorsementKey: false });
      return {};
    }),

    IsReady: ofTpm(async (one, _input, context) => ({ IsReady: (await missing(flagsOf(one), context)) === 0 })),
    IsReadyInformation: ofTpm(async (one, _input, context) => {
      const Information = await missing(flagsOf(one), context);
      return { IsReady: Information === 0, Information };
    }),

    ConvertToOwnerAuth: ofTpm((_tpm, { OwnerPassPhrase }) => {
      const text = Buffer.from(typeof OwnerPassPhrase === 'string' ? OwnerPassPhrase : '', 'utf16le');
      return { OwnerAuth: createHash('sha1').update(text).digest('base64') };
    }),
    GetOwnerAuth: ofTpm(async (_tpm, _input, context) => ({ OwnerAuth: await kept(context, 'OwnerAuth') })),
    TakeOwnership: takeOwnership,
    ChangeOwnerAuth: ofTpm(async (one, { OldOwnerAuth, NewOwnerAuth = null }, context) => {
      await checkOwner(one, OldOwnerAuth, context);
      await keep(context, { OwnerAuth: authorization(NewOwnerAuth) });
      return {};
    }),
    Enable: ofOwner({ IsEnabled_InitialValue: true }),
    Disable: ofOwner({ IsEnabled_InitialValue: false }),
    Clear: ofTpm(async (one, { OwnerAuth }, context) => {
      await checkOwner(one, OwnerAuth, context);
      await keep(context, { OwnerAuth: null });
      await context.store.put(one.with(CLEARED));
      return {};
    }),

    AddBlockedCommand: blocking(true),
    RemoveBlockedCommand: blocking(false),
    IsCommandBlocked: ofTpm(async (_tpm, input, context) => ({
      IsCommandBlocked: (await blocked(context)).includes(ordinal(input)) ? LOCAL_LIST : 0,
    })),

    EnableAutoProvisioning: ofTpm(async (_tpm, _input, context) => {
      await keep(context, { IsProvisioningDisabled: false });
      return {};
    }),
    DisableAutoProvisioning: ofTpm(async (_tpm, _input, context) => {
      await keep(context, { IsProvisioningDisabled: true });
      return {};
    }),
    IsAutoProvisioningEnabled: ofTpm(async (_tpm, _input, context) => ({
      IsAutoProvisioningEnabled: (await kept(context, 'IsProvisioningDisabled')) !== true,
    })),

    ...presenceMethods,
  },
});
