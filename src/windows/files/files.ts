import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { InstanceContext } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { orFailed } from '../method-refusal.js';
import { onInstance, type StoredInstance, stored } from '../on-instance.js';
import { isAdministrator } from '../security/is-administrator.js';
import { checkNotInUse, checkNtfs } from './file-checks.js';
import { fileRefusal } from './file-code.js';
import { type FileWork, onFile, onFileTree } from './file-methods.js';
import { moveFileNotes } from './file-notes.js';
import { parentFolder } from './file-path.js';
import { filePathOf, nameOf, treeOf } from './file-rows.js';
import {
  changeSecurity,
  checkFileRights,
  FileRight,
  fileAccess,
  SecurityPart,
  takeOwnership,
} from './file-security.js';
import { copyFiles, renameFiles } from './move-files.js';

const remove: FileWork = async (files, _input, context) => {
  await letGo(files, context);
  await context.store.deleteMany(files.map((one) => one.path));
};

/** Prepares files for being deleted. @throws MethodRefusal when one of them stays */
async function letGo(files: readonly StoredInstance[], context: InstanceContext): Promise<void> {
  for (const file of files) {
    if (parentFolder(nameOf(file)) === undefined) throw fileRefusal('accessDenied', 'the root of a drive stays');
    await checkFileRights(file, FileRight.Delete, context);
    await checkNotInUse(file, context);
  }
  for (const file of files) await moveFileNotes(nameOf(file), undefined, context);
}

/** As Delete does, for who deletes the instance. @throws CimError Failed */
async function deleteTree(file: CimInstance, context: InstanceContext): Promise<readonly InstancePath[]> {
  const files = await treeOf(context, stored(file));
  await orFailed(() => letGo(files, context));
  return files.map((one) => one.path);
}

function compress(isCompressed: boolean): FileWork {
  return async (files, _input, context) => {
    for (const file of files) {
      await checkNtfs(filePathOf(file).drive, context);
      await checkFileRights(file, FileRight.WriteAttributes, context);
      await checkNotInUse(file, context);
    }
    const CompressionMethod = isCompressed ? 'LZNT1' : null;
    await context.store.putMany(files.map((one) => one.with({ Compressed: isCompressed, CompressionMethod })));
  };
}

const own: FileWork = async (files, _input, context) => {
  const [first] = files;
  if (first) await checkNtfs(filePathOf(first).drive, context);
  if (!(await isAdministrator(context))) throw fileRefusal('privilegeNotHeld', 'the caller may not take ownership');
  for (const file of files) await takeOwnership(nameOf(file), context);
};

const secure: FileWork = async (files, { SecurityDescriptor, Option }, context) => {
  const parts = Number(Option ?? 0);
  const all = Object.values(SecurityPart).reduce((sum, one) => sum | one, 0);
  if (!(SecurityDescriptor instanceof CimInstance)) throw fileRefusal('invalidParameter', 'SecurityDescriptor is NULL');
  if (parts === 0 || (parts & ~all) !== 0) throw fileRefusal('invalidParameter', `Option ${parts} names no parts`);
  const needsPrivilege = (parts & (SecurityPart.owner | SecurityPart.sacl)) !== 0;
  if (needsPrivilege && !(await isAdministrator(context)))
    throw fileRefusal('privilegeNotHeld', 'owner and SACL are for administrators to change');
  for (const file of files) {
    await checkNtfs(filePathOf(file).drive, context);
    await checkFileRights(file, FileRight.WriteDac, context);
  }
  for (const file of files) await changeSecurity(nameOf(file), SecurityDescriptor, parts, context);
};

/** Files and folders: CIM_DataFile, Win32_Directory and what else lies on drives. Nothing of the host's own files is ever touched. */
export const files = defineProvider('CIM_LogicalFile', {
  methods: {
    Copy: onFile('all', copyFiles),
    CopyEx: onFileTree(copyFiles),
    Rename: onFile('all', renameFiles),
    Delete: onFile('all', remove),
    DeleteEx: onFileTree(remove),
    Compress: onFile('direct', compress(true)),
    CompressEx: onFileTree(compress(true)),
    Uncompress: onFile('direct', compress(false)),
    UncompressEx: onFileTree(compress(false)),
    TakeOwnerShip: onFile('direct', own),
    TakeOwnerShipEx: onFileTree(own),
    ChangeSecurityPermissions: onFile('direct', secure),
    ChangeSecurityPermissionsEx: onFileTree(secure),
    GetEffectivePermission: onInstance(async (file, { Permissions }, context) => {
      const asked = Number(Permissions ?? 0);
      return { ReturnValue: (asked & ~(await fileAccess(file, context))) === 0 };
    }),
  },
  // No instance makes a file: a program does.
  instances: { delete: deleteTree },
});
