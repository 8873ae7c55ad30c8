import { CimInstance, defineProvider, InstancePath } from 'cimulator';

const DONE = 0;
const VALUE_NOT_FOUND = 1;
const KEY_NOT_FOUND = 2;
const INVALID_PARAMETER = 87;

const HIVES = {
  2147483648: 'HKCR',
  2147483649: 'HKCU',
  2147483650: 'HKLM',
  2147483651: 'HKU',
  2147483653: 'HKCC',
};
/** REG_SZ, REG_EXPAND_SZ, REG_DWORD. */
const TYPES = { text: 1, expanded: 2, number: 4 };

// One registry for both namespaces that have the class.
const namespace = 'root/default';
const keyPath = (Path) => new InstancePath({ namespace, className: 'LAB_RegistryKey', keys: { Path } });
const valuePath = (Path, Name) => new InstancePath({ namespace, className: 'LAB_RegistryValue', keys: { Path, Name } });

/** `HKLM\SOFTWARE\Lab`; undefined for a hive that there is not. */
function pathOf({ hDefKey, sSubKeyName }) {
  const hive = HIVES[hDefKey];
  return hive === undefined ? undefined : [hive, sSubKeyName ?? ''].join('\\').replace(/\\+$/, '');
}

/** The instances directly below a path, in the spelling that they have. */
async function childrenOf(store, className, path, property) {
  const found = [];
  const prefix = `${path}\\`.toLowerCase();
  for await (const one of store.scan(namespace, className)) {
    const at = one.get('Path');
    const isBelow = property === 'Name' ? at.toLowerCase() === path.toLowerCase() : isChild(at, prefix);
    if (isBelow) found.push(one);
  }
  return found;
}

function isChild(path, prefix) {
  return path.toLowerCase().startsWith(prefix) && !path.slice(prefix.length).includes('\\');
}

/** Runs a method on a key that is there. */
function onKey(method) {
  return async (input, context) => {
    const path = pathOf(input);
    if (path === undefined) return { ReturnValue: INVALID_PARAMETER };
    if (!path.includes('\\')) return method(path, input, context);
    const key = await context.store.get(keyPath(path));
    return key === undefined ? { ReturnValue: KEY_NOT_FOUND } : method(path, input, context);
  };
}

function reads(output, property, types) {
  return onKey(async (path, { sValueName }, { store }) => {
    const value = await store.get(valuePath(path, sValueName ?? ''));
    if (!value || !types.includes(value.get('Type'))) return { ReturnValue: VALUE_NOT_FOUND };
    return { ReturnValue: DONE, [output]: value.get(property) };
  });
}

function writes(input, property, type) {
  return onKey(async (path, given, { store }) => {
    const Name = given.sValueName ?? '';
    const values = { Path: path, Name, Type: type, [property]: given[input] ?? null };
    await store.put(new CimInstance('LAB_RegistryValue', Object.entries(values), valuePath(path, Name)));
    return { ReturnValue: DONE };
  });
}

/** StdRegProv. */
export const registry = defineProvider('StdRegProv', {
  methods: {
    EnumKey: onKey(async (path, _input, { store }) => {
      const keys = await childrenOf(store, 'LAB_RegistryKey', path, 'Path');
      return { ReturnValue: DONE, sNames: keys.map((one) => one.get('Path').slice(path.length + 1)) };
    }),
    EnumValues: onKey(async (path, _input, { store }) => {
      const values = await childrenOf(store, 'LAB_RegistryValue', path, 'Name');
      const [sNames, Types] = ['Name', 'Type'].map((property) => values.map((one) => one.get(property)));
      return { ReturnValue: DONE, sNames, Types };
    }),
    GetStringValue: reads('sValue', 'Text', [TYPES.text, TYPES.expanded]),
    GetExpandedStringValue: reads('sValue', 'Text', [TYPES.expanded]),
    GetDWORDValue: reads('uValue', 'Number', [TYPES.number]),
    SetStringValue: writes('sValue', 'Text', TYPES.text),
    SetExpandedStringValue: writes('sValue', 'Text', TYPES.expanded),
    SetDWORDValue: writes('uValue', 'Number', TYPES.number),
    async CreateKey(input, { store }) {
      const path = pathOf(input);
      if (path === undefined) return { ReturnValue: INVALID_PARAMETER };
      const [hive = '', ...names] = path.split('\\');
      // With whatever is missing above it.
      const paths = names.map((_, at) => [hive, ...names.slice(0, at + 1)].join('\\'));
      for (const Path of paths) {
        if (await store.get(keyPath(Path))) continue;
        await store.put(new CimInstance('LAB_RegistryKey', [['Path', Path]], keyPath(Path)));
      }
      return { ReturnValue: DONE };
    },
    DeleteKey: onKey(async (path, _input, { store }) => {
      const values = await childrenOf(store, 'LAB_RegistryValue', path, 'Name');
      await store.deleteMany([...values.map((one) => one.path), keyPath(path)]);
      return { ReturnValue: DONE };
    }),
    DeleteValue: onKey(async (path, { sValueName }, { store }) => ({
      ReturnValue: (await store.delete(valuePath(path, sValueName ?? ''))) ? DONE : KEY_NOT_FOUND,
    })),
  },
});
