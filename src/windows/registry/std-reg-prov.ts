import { defineProvider } from '../../cim/contracts/define-provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { showInEnvironment } from '../environment/system-variables.js';
import { KeyRight, keyAccess, keyDescriptor, setKeyDescriptor } from './key-security.js';
import { checkRights, onKey, onKeyPath, textOf } from './on-key.js';
import { createKey, deleteKey, deleteValue, hasKey, subkeyNames, valuesOf } from './registry.js';
import { RegistryError, RegistryRefusal } from './registry-error.js';
import { isRoot, type KeyPath, splitKey } from './registry-key.js';
import { valueMethods } from './value-methods.js';

const DONE = { ReturnValue: RegistryError.none };
/** So many characters may the name of a key have. */
const LONGEST_NAME = 255;
/** So many keys may lie one below the other. */
const MOST_LEVELS = 512;
/** KEY_QUERY_VALUE and KEY_SET_VALUE. */
const USUAL_RIGHTS = 3;

/** StdRegProv, of root/default and of root/cimv2: two doors to the one registry of a computer. */
export const stdRegProv = defineProvider('StdRegProv', {
  methods: {
    ...valueMethods,

    EnumKey: onKey(KeyRight.EnumerateSubKeys, async (path, _input, { store }) => {
      const names = await subkeyNames(store, path);
      return { ...DONE, sNames: names.length > 0 ? names : null };
    }),

    EnumValues: onKey(KeyRight.QueryValue, async (path, _input, { store }) => {
      const values = await valuesOf(store, path);
      if (values.length === 0) return DONE;
      return { ...DONE, sNames: values.map((one) => one.name), Types: values.map((one) => one.type) };
    }),

    CreateKey: onKeyPath(async (path, _input, context) => {
      if (await hasKey(context.store, path)) return DONE;
      checkNewKey(path);
      await checkRights(await nearestKey(path, context), KeyRight.CreateSubKey, context);
      await createKey(context.store, path);
      return DONE;
    }),

    DeleteKey: onKey(KeyRight.Delete, async (path, _input, { store }) => {
      if (isRoot(path)) throw new RegistryRefusal('accessDenied', 'a hive is not to be deleted');
      if ((await subkeyNames(store, path)).length > 0)
        throw new RegistryRefusal('accessDenied', `${path} has keys below it: they are to be deleted first`);
      await deleteKey(store, path);
      return DONE;
    }),

    DeleteValue: onKey(KeyRight.SetValue, async (path, { sValueName }, { store }) => {
      const name = textOf(sValueName);
      if (!(await deleteValue(store, path, name)))
        throw new RegistryRefusal('keyNotFound', `${path} has no value of that name`);
      await showInEnvironment(path, name, store);
      return DONE;
    }),

    CheckAccess: onKey(0, async (path, { uRequired }, context) => {
      const required = Number(uRequired ?? USUAL_RIGHTS);
      const bGranted = (required & ~(await keyAccess(path, context))) === 0;
      return { ReturnValue: bGranted ? RegistryError.none : RegistryError.accessDenied, bGranted };
    }),

    GetSecurityDescriptor: onKey(KeyRight.ReadControl, async (path, _input, { store }) => {
      return { ...DONE, Descriptor: await keyDescriptor(store, path) };
    }),

    SetSecurityDescriptor: onKey(KeyRight.WriteDac, async (path, { Descriptor }, { store }) => {
      if (!(Descriptor instanceof CimInstance)) throw new CimError('InvalidParameter', 'Descriptor is NULL.');
      await setKeyDescriptor(store, path, Descriptor);
      return DONE;
    }),
  },
});

/** @throws RegistryRefusal invalidParameter */
function checkNewKey(path: KeyPath): void {
  const names = path.split('\\');
  if (names.some((name) => name === '' || name.length > LONGEST_NAME))
    throw new RegistryRefusal('invalidParameter', `the name of a key has 1 to ${LONGEST_NAME} characters`);
  if (names.length > MOST_LEVELS)
    throw new RegistryRefusal('invalidParameter', `a registry has ${MOST_LEVELS} levels, and not ${names.length}`);
  if (isRoot(splitKey(path).parent))
    throw new RegistryRefusal('invalidParameter', `${path}: nobody makes keys directly below a hive`);
}

/** The lowest key on the way to a path that is there. */
async function nearestKey(path: KeyPath, { store }: Pick<Parameters<typeof keyAccess>[1], 'store'>): Promise<KeyPath> {
  let above = splitKey(path).parent;
  while (!(await hasKey(store, above))) above = splitKey(above).parent;
  return above;
}
