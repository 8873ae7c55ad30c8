import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext, MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameValue } from '../../cim/model/same-value.js';
import { instancesIn } from '../derived-rows.js';
import { forAdministrators, staticForAdministrators } from '../for-administrators.js';
import { pathIn } from '../machine.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { CIMV2 } from '../namespaces.js';
import { dropSecurity } from '../security/noted-security.js';
import { newShareName, SHARE_CLASS, ShareCode, sharedFolder } from '../shares/share-checks.js';
import { beginEntries, changeEntries, type EntryChange, Right, shownEntries } from './share-entries.js';
import { givenModes } from './share-modes.js';
import { ANY_SCOPE, SMB_SHARE, showShares, smbKeys } from './show-shares.js';
import { SmbError } from './smb-error.js';

/** What the older class answers, as these codes. */
const AS_SMB: Readonly<Record<number, number>> = {
  [ShareCode.duplicate]: SmbError.exists,
  [ShareCode.unknownFolder]: SmbError.pathNotFound,
};

const CHANGEABLE = ['Description', 'ConcurrentUserLimit', 'EncryptData', 'FolderEnumerationMode', 'CachingMode'];

async function newShare(input: MethodInput, context: MethodContext): Promise<CimInstance> {
  const machine = { namespace: CIMV2, schema: context.schema, store: context.store };
  try {
    const Name = await newShareName(input.Name, machine);
    const Path = await sharedFolder(input.Path, machine);
    const limit = typeof input.ConcurrentUserLimit === 'number' ? input.ConcurrentUserLimit : 0;
    const Description = typeof input.Description === 'string' ? input.Description : '';
    const values = {
      ...{ Name, Path, Type: 0, MaximumAllowed: limit || null, AllowMaximum: limit === 0, Status: 'OK' },
      ...{ Caption: Description, Description, AccessMask: null, InstallDate: null },
    };
    return new CimInstance(SHARE_CLASS, Object.entries(values), pathIn(machine, SHARE_CLASS, { Name }));
  } catch (error) {
    if (!(error instanceof MethodRefusal)) throw error;
    throw new MethodRefusal(AS_SMB[error.returnValue] ?? SmbError.invalidParameter, error.message);
  }
}

/** The share of the older class that an instance shows. */
async function shareOf(row: CimInstance, { store }: Pick<InstanceContext, 'store'>): Promise<CimInstance> {
  const keys = { Name: row.getString('Name') ?? '' };
  const found = await store.get(new InstancePath({ namespace: CIMV2, className: SHARE_CLASS, keys }));
  if (found) return found;
  throw new CimError('NotFound', 'There is no such share any more.');
}

async function changeShare(changed: CimInstance, before: CimInstance, context: InstanceContext): Promise<CimInstance> {
  for (const [name, value] of changed.properties)
    if (!(CHANGEABLE.includes(name) || sameValue(value, before.get(name), SMB_SHARE.namespace)))
      throw new CimError('InvalidParameter', `${name} of a share cannot be changed.`);
  const Description = changed.getString('Description') ?? '';
  const limit = Number(changed.get('ConcurrentUserLimit') ?? 0);
  const share = await shareOf(before, context);
  const values = { Description, Caption: Description, MaximumAllowed: limit || null, AllowMaximum: limit === 0 };
  await context.store.put(share.with(values));
  return changed;
}

async function removeShare(row: CimInstance, context: Pick<InstanceContext, 'store'>): Promise<void> {
  const { path } = await shareOf(row, context);
  await dropSecurity(context.store, `share ${row.getString('Name') ?? ''}`);
  if (path) await context.store.delete(path);
}

/** Shares that were made to be there until the next start are not there after it. */
export async function dropTemporaryShares(context: Pick<InstanceContext, 'store'>): Promise<void> {
  for (const row of await instancesIn(context.store, SMB_SHARE))
    if (row.get('Temporary') === true) await removeShare(row, context);
}

function checkScope(given: MethodInput[string]): void {
  if (given === undefined || given === null || given === ANY_SCOPE || given === '') return;
  throw new MethodRefusal(SmbError.invalidParameter, 'the computer is in no cluster: its only scope is *');
}

const RIGHTS: readonly number[] = Object.values(Right);

/** Changes who may use a share. @param change of the entries of the accounts that the call names */
function changing(change: (input: MethodInput) => EntryChange) {
  return forAdministrators(SmbError.accessDenied, async (share, input, context) => {
    const name = share.getString('Name') ?? '';
    await changeEntries(context.store, name, input.AccountName, change(input));
    return { ReturnValue: SmbError.none, Output: await shownEntries(context.store, name) };
  });
}

/** @throws MethodRefusal */
function givenRight({ AccessRight }: MethodInput): number {
  if (typeof AccessRight === 'number' && RIGHTS.includes(AccessRight)) return AccessRight;
  throw new MethodRefusal(SmbError.invalidParameter, `AccessRight ${String(AccessRight)} is none that is granted`);
}

/** MSFT_SmbShare: the shares of Win32_Share. Who may use one is said by that class's descriptors. */
export const smbShares = defineProvider(SMB_SHARE.className, {
  methods: {
    CreateShare: staticForAdministrators(SmbError.accessDenied, async (input, context) => {
      checkScope(input.ScopeName);
      const [share, modes] = [await newShare(input, context), givenModes(input)];
      await context.store.put(share);
      await beginEntries(context.store, share.getString('Name') ?? '', {
        ...{ full: input.FullAccess, change: input.ChangeAccess, read: input.ReadAccess, none: input.NoAccess },
        sddl: input.SecurityDescriptor,
      });
      await showShares(context);
      const keys = smbKeys(share.getString('Name') ?? '');
      const shown = await context.store.get(new InstancePath({ ...SMB_SHARE, keys }));
      const CreatedShare = shown?.with(modes);
      if (CreatedShare) await context.store.put(CreatedShare);
      return { ReturnValue: SmbError.none, CreatedShare };
    }),

    EnumerateShares: refusing(async ({ ScopeName }, { store }) => {
      checkScope(ScopeName);
      return { ReturnValue: SmbError.none, Output: await instancesIn(store, SMB_SHARE) };
    }),

    GetShare: refusing(async ({ ScopeName, ShareName }, { store }) => {
      checkScope(ScopeName);
      const keys = smbKeys(typeof ShareName === 'string' ? ShareName : '');
      const Output = await store.get(new InstancePath({ ...SMB_SHARE, keys }));
      if (!Output) throw new MethodRefusal(SmbError.notFound, 'there is no such share');
      return { ReturnValue: SmbError.none, Output };
    }),

    GetAccessControlEntries: forAdministrators(SmbError.accessDenied, async (share, _input, { store }) => ({
      ReturnValue: SmbError.none,
      Output: await shownEntries(store, share.getString('Name') ?? ''),
    })),

    GrantAccess: changing((input) => ({ isDenied: false, right: givenRight(input) })),
    RevokeAccess: changing(() => ({ isDenied: false })),
    BlockAccess: changing(() => ({ isDenied: true, right: Right.full })),
    UnblockAccess: changing(() => ({ isDenied: true })),
  },
  instances: { modify: changeShare, delete: removeShare },
});
