/**
 * @typedef {import('./read-windows-facts.mjs').StoredFacts} StoredFacts
 * @typedef {import('./read-facts.mjs').PropertyFacts} PropertyFacts
 * @typedef {import('./read-facts.mjs').ParameterFacts} ParameterFacts
 */

/** What parameters of the classes of storage hold, by their name. */
const EMBEDDED_IN_STORAGE = new Map([
  ['CreatedStorageTier', 'MSFT_StorageTier'],
  ['CreatedVirtualDisk', 'MSFT_VirtualDisk'],
  ['CreatedVolume', 'MSFT_Volume'],
  ['ExtendedStatus', 'MSFT_StorageExtendedStatus'],
  ['PhysicalDisksToUse', 'MSFT_PhysicalDisk'],
  ['StorageTiers', 'MSFT_StorageTier'],
]);

/** By the page of the method. */
const KEY_PACKAGE_CODES = {
  0: 'S_OK',
  2150694912: 'FVE_E_LOCKED_VOLUME',
  2150694920: 'FVE_E_NOT_ACTIVATED',
  2150694963: 'FVE_E_PROTECTOR_NOT_FOUND',
  2150694970: 'FVE_E_INVALID_PROTECTOR_TYPE',
};

/** By the page of the method. */
const SID_INFORMATION = {
  name: 'GetKeyProtectorAdSidInformation',
  returns: 'uint32',
  returnCodes: { 0: 'S_OK' },
  parameters: [
    { name: 'VolumeKeyProtectorID', type: 'string', direction: 'in' },
    { name: 'SidString', type: 'string', direction: 'out' },
    {
      ...{ name: 'Flags', type: 'uint32', direction: 'out', valueMap: ['0', '1'] },
      values: ['FVE_DPAPI_NG_FLAG_NONE', 'FVE_DPAPI_NG_FLAG_UNLOCK_AS_SERVICE_ACCOUNT'],
    },
  ],
};

/**
 * Where Microsoft's pages on Windows' classes cannot be taken as they stand: as `exceptions.mjs` has it for those of the
 * iSCSI Target server. Each entry changes the facts of one class, or gives undefined where it has nothing to change.
 *
 * @type {ReadonlyArray<{ name: string; why: string; apply: (facts: StoredFacts) => StoredFacts | false | undefined }>}
 */
const windowsExceptions = [
  {
    name: 'objects-of-storage-are-embedded',
    why: 'Pages on storage say in prose which object a text holds (CreatedVirtualDisk, StorageTiers, ExtendedStatus), and mark only some of them.',
    apply: (facts) =>
      facts.namespace === 'root/Microsoft/Windows/Storage' &&
      editParameters(facts, ({ embeddedInstance, ...parameter }) => {
        const held = EMBEDDED_IN_STORAGE.get(parameter.name);
        return !embeddedInstance && parameter.type === 'string' && held && { ...parameter, embeddedInstance: held };
      }),
  },
  {
    name: 'error-class-is-common',
    why: 'A page of root/StandardCimv2 describes CIM_Error once more, which is in every namespace by the facts of the iSCSI Target server.',
    apply: (facts) => facts.name === 'CIM_Error' && { ...facts, namespace: [] },
  },
  {
    name: 'jobs-are-referenced',
    why: 'Some pages write the parameter Job as an object, others, of the methods that these override, as a reference.',
    apply: (facts) =>
      editParameters(
        facts,
        (parameter) =>
          parameter.name === 'Job' && parameter.embeddedInstance === 'CIM_ConcreteJob' && asReference(parameter),
      ),
  },
  {
    name: 'elements-to-check-are-referenced',
    why: 'So it is with ElementToCheck of IsCompatible.',
    apply: (facts) =>
      editParameters(
        facts,
        (parameter) => parameter.name === 'ElementToCheck' && parameter.type === 'string' && asReference(parameter),
      ),
  },
  {
    name: 'service-types-are-bytes',
    why: 'Change of Win32_Service has uint32 on its page, where the method that it overrides and all its siblings have uint8.',
    apply: (facts) =>
      facts.name === 'Win32_Service' &&
      editParameters(
        facts,
        (parameter) =>
          ['ServiceType', 'ErrorControl'].includes(parameter.name) &&
          parameter.type === 'uint32' && { ...parameter, type: 'uint8' },
      ),
  },
  {
    name: 'access-lists-are-lists',
    why: 'The page of __SecurityDescriptor writes SACL without brackets, that of its subclass with them.',
    apply: (facts) =>
      facts.name === '__SecurityDescriptor' &&
      editProperties(facts, (property) => property.name === 'SACL' && { ...property, array: true }),
  },
  {
    name: 'descriptors-are-descriptors',
    why: 'The page of GetSecurityDescriptor of __SystemSecurity writes the class itself as the type of what it gives; its text, and the method that sets it, say what it is.',
    apply: (facts) =>
      facts.name === '__SystemSecurity' &&
      editParameters(
        facts,
        (parameter) =>
          parameter.embeddedInstance === '__SystemSecurity' && {
            ...parameter,
            embeddedInstance: '__SecurityDescriptor',
          },
      ),
  },
  {
    name: 'event-log-files-have-one-key',
    why: 'The page of Win32_NTEventlogFile marks CreationClassName; its superclass has its key, and no other can be added.',
    apply: (facts) =>
      facts.name === 'Win32_NTEventlogFile' &&
      editProperties(facts, ({ key, ...property }) => property.name === 'CreationClassName' && key && property),
  },
  {
    name: 'session-resources-have-their-roles',
    why: 'The page of Win32_SessionResource has its two references the other way round than that of its subclass, and names a class that there is not.',
    apply: (facts) =>
      facts.name === 'Win32_SessionResource' &&
      editProperties(facts, (property) => ({
        ...property,
        ref: property.name === 'Antecedent' ? 'Win32_Session' : 'CIM_LogicalElement',
      })),
  },
  {
    name: 'inherited-properties-keep-their-type',
    why: 'The page of MSFT_DNSClientServerAddress writes two properties as arrays that are none where they are declared.',
    apply: (facts) => {
      if (facts.name !== 'MSFT_DNSClientServerAddress') return undefined;
      const properties = facts.properties.filter(({ name }) => !['OperatingStatus', 'SystemName'].includes(name));
      return properties.length < facts.properties.length && { ...facts, properties };
    },
  },
  {
    name: 'suspend-counts-are-told',
    why: 'The page of GetSuspendCount marks what the method retrieves as what it is given.',
    apply: (facts) =>
      facts.name === 'Win32_EncryptableVolume' &&
      editParameters(
        facts,
        (parameter) =>
          parameter.name === 'SuspendCount' && parameter.direction === 'in' && { ...parameter, direction: 'out' },
      ),
  },
  {
    name: 'validation-profiles-are-lists',
    why: 'One page of Win32_EncryptableVolume writes PlatformValidationProfile without brackets, its text and the others of the class as a list.',
    apply: (facts) =>
      facts.name === 'Win32_EncryptableVolume' &&
      editParameters(
        facts,
        (parameter) =>
          parameter.name === 'PlatformValidationProfile' && !parameter.array && { ...parameter, array: true },
      ),
  },
  {
    name: 'protectors-tell-their-identifiers',
    why: 'GetKeyProtectorAdSidInformation has a page, and the list of the methods of Win32_EncryptableVolume names it; the facts lack it.',
    apply: (facts) => {
      if (facts.name !== 'Win32_EncryptableVolume') return undefined;
      if (facts.methods.some(({ name }) => name === SID_INFORMATION.name)) return undefined;
      return { ...facts, methods: [...facts.methods, SID_INFORMATION] };
    },
  },
  {
    name: 'key-packages-have-codes',
    why: 'The page of GetKeyPackage has its codes in another form than all others, which the facts do not have.',
    apply: (facts) =>
      facts.name === 'Win32_EncryptableVolume' && {
        ...facts,
        methods: facts.methods.map((method) =>
          method.name === 'GetKeyPackage' && !method.returnCodes
            ? { ...method, returnCodes: KEY_PACKAGE_CODES }
            : method,
        ),
      },
  },
];

/**
 * @param {readonly StoredFacts[]} facts
 * @returns {{ facts: readonly StoredFacts[]; applied: { name: string; count: number }[] }}
 */
export function applyWindowsExceptions(facts) {
  let edited = facts;
  const applied = windowsExceptions.map(({ name, apply }) => {
    const before = edited;
    edited = before.map((one) => apply(one) || one);
    return { name, count: edited.filter((one, index) => one !== before[index]).length };
  });
  return { facts: edited, applied };
}

/** @param {ParameterFacts} parameter */
function asReference({ embeddedInstance, ...parameter }) {
  return { ...parameter, type: 'ref', ref: String(embeddedInstance) };
}

/**
 * @param {StoredFacts} facts
 * @param {(property: PropertyFacts) => PropertyFacts | false | undefined} edit
 */
function editProperties(facts, edit) {
  const properties = facts.properties.map((property) => edit(property) || property);
  return properties.some((property, index) => property !== facts.properties[index]) && { ...facts, properties };
}

/**
 * @param {StoredFacts} facts
 * @param {(parameter: ParameterFacts) => ParameterFacts | false | undefined} edit
 */
function editParameters(facts, edit) {
  let isEdited = false;
  const methods = facts.methods.map((method) => {
    const parameters = method.parameters.map((parameter) => edit(parameter) || parameter);
    if (parameters.every((parameter, index) => parameter === method.parameters[index])) return method;
    isEdited = true;
    return { ...method, parameters };
  });
  return isEdited && { ...facts, methods };
}
