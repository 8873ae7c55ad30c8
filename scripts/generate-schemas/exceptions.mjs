/**
 * @typedef {import('./read-facts.mjs').ClassFacts} ClassFacts
 * @typedef {import('./read-facts.mjs').PropertyFacts} PropertyFacts
 * @typedef {import('./read-facts.mjs').MethodFacts} MethodFacts
 * @typedef {import('./read-facts.mjs').ParameterFacts} ParameterFacts
 */

/**
 * Where the documentation cannot be taken as it stands. Each entry rewrites the facts before MOF is made of them; the
 * verification compares with the rewritten facts and prints how often each entry was needed.
 *
 * @type {ReadonlyArray<{ name: string; why: string; apply: (classes: Map<string, ClassFacts>) => number }>}
 */
export const exceptions = [
  {
    name: 'void-methods-return-uint32',
    why: 'WMI methods of root/wmi that return nothing: DSP0004 knows no void; they return 0.',
    apply: (classes) => editMethods(classes, (method) => method.returns === 'void' && { ...method, returns: 'uint32' }),
  },
  {
    name: 'object-results-are-embedded-instances',
    why: 'WMI methods that return an object (WT_Disk, WT_Host): in DSP0004 a string with EmbeddedInstance.',
    apply: (classes) =>
      editMethods(
        classes,
        (method) => classes.has(method.returns) && { ...method, returns: 'string', returnedInstance: method.returns },
      ),
  },
  {
    name: 'object-properties-are-embedded-instances',
    why: 'WMI properties that hold objects: in DSP0004 strings with EmbeddedInstance.',
    apply: (classes) =>
      editProperties(classes, (property) => property.type === 'instance' && { ...property, type: 'string' }),
  },
  {
    name: 'default-instance-has-its-class',
    why:
      'The base class says only that DefaultInstance embeds some object, the derived one names the class. EmbeddedObject ' +
      'may not be taken back in a subclass (DisableOverride), so both name it.',
    apply: (classes) =>
      editParameters(
        classes,
        (parameter) =>
          parameter.embeddedInstance === true && { ...parameter, embeddedInstance: 'CIM_ReplicationSettingData' },
      ),
  },
  {
    name: 'sub-profiles-inherit-methods',
    why: 'The page of CIM_RegisteredSubProfile lists no methods; it has those of CIM_RegisteredProfile.',
    apply: (classes) => {
      const profile = classes.get('CIM_RegisteredProfile');
      const subProfile = classes.get('CIM_RegisteredSubProfile');
      if (!profile || !subProfile || subProfile.methods.length > 0) return 0;
      classes.set(subProfile.name, { ...subProfile, methods: profile.methods });
      return 1;
    },
  },
  {
    name: 'endpoint-overrides-keep-value-maps',
    why:
      'CIM_ProtocolEndpoint overrides EnabledState and OperationalStatus without repeating the value map, which it ' +
      'inherits (ToSubclass); so do its subclasses.',
    apply: (classes) => {
      const base = classes.get('CIM_EnabledLogicalElement');
      return editProperties(classes, (property, facts) => {
        if (property.valueMap || !['EnabledState', 'OperationalStatus'].includes(property.name)) return false;
        if (!isA(classes, facts.name, 'CIM_ProtocolEndpoint')) return false;
        const source = base?.properties.find((candidate) => candidate.name === property.name);
        return { ...property, valueMap: source?.valueMap, values: source?.values };
      });
    },
  },
  {
    name: 'association-mark-without-references',
    why: 'Two pages carry the Association qualifier on classes that have no reference.',
    apply: (classes) =>
      editClasses(classes, (facts) => {
        const { AssociationOnPageButNoReferences: mark, ...qualifiers } = facts.qualifiers;
        return mark !== undefined && { ...facts, qualifiers };
      }),
  },
  {
    name: 'deprecated-needs-a-successor-list',
    why: 'A deprecated class without a named successor: Deprecated is a list of names, "No value" says there is none.',
    apply: (classes) =>
      editClasses(
        classes,
        (facts) =>
          facts.qualifiers.Deprecated === true && {
            ...facts,
            qualifiers: { ...facts.qualifiers, Deprecated: ['No value'] },
          },
      ),
  },
  {
    name: 'escapes-in-values',
    why: 'One label still holds the escapes of the text it was read from.',
    apply: (classes) =>
      editParameters(
        classes,
        (parameter) =>
          parameter.values?.some((value) => value.includes('\\')) && {
            ...parameter,
            values: parameter.values.map((value) => value.replaceAll('\\', '')),
          },
      ),
  },
  {
    name: 'value-maps-name-a-value-once',
    why: 'One page lists two values of a map twice, with two meanings: the first is the one that the other pages use.',
    apply: (classes) =>
      editProperties(classes, (property) => {
        const { valueMap = [], values = [] } = property;
        const isFirst = (/** @type {unknown} */ _, /** @type {number} */ index) =>
          valueMap[index] === '..' || valueMap.indexOf(valueMap[index] ?? '') === index;
        if (valueMap.every(isFirst)) return false;
        return { ...property, valueMap: valueMap.filter(isFirst), values: values.filter(isFirst) };
      }),
  },
  {
    name: 'target-namespace-of-cross-references',
    why: 'References between root/interop and the target namespace say where they point, which the member pages omit.',
    apply: (classes) => {
      const places = [
        ['MSFTSM_ElementConformsToProfile', 'ManagedElement'],
        ['MSFTSM_ElementSoftwareIdentity', 'Antecedent'],
      ];
      return editProperties(classes, (property, facts) => {
        if (!places.some(([owner, name]) => owner === facts.name && name === property.name)) return false;
        const namespace = 'root\\cimv2\\storage\\iscsitarget';
        return { ...property, qualifiers: { ...property.qualifiers, MSFT_TargetNamespace: namespace } };
      });
    },
  },
  {
    name: 'singleton-without-key',
    why: 'WT_General has one instance and no key, which WMI marks with Singleton.',
    apply: (classes) =>
      editClasses(
        classes,
        (facts) => facts.name === 'WT_General' && { ...facts, qualifiers: { ...facts.qualifiers, Singleton: true } },
      ),
  },
];

/**
 * @param {Map<string, ClassFacts>} classes
 * @returns {{ classes: Map<string, ClassFacts>; applied: { name: string; count: number }[] }}
 */
export function applyExceptions(classes) {
  const edited = new Map(classes);
  const applied = exceptions.map(({ name, apply }) => ({ name, count: apply(edited) }));
  return { classes: edited, applied };
}

/**
 * @param {Map<string, ClassFacts>} classes
 * @param {(facts: ClassFacts) => ClassFacts | false} edit
 */
function editClasses(classes, edit) {
  let count = 0;
  for (const [name, facts] of classes) {
    const edited = edit(facts);
    if (!edited) continue;
    classes.set(name, edited);
    count += 1;
  }
  return count;
}

/**
 * @param {Map<string, ClassFacts>} classes
 * @param {(property: PropertyFacts, facts: ClassFacts) => PropertyFacts | false | undefined} edit
 */
function editProperties(classes, edit) {
  let count = 0;
  editClasses(classes, (facts) => {
    const properties = facts.properties.map((property) => edit(property, facts) || property);
    const changed = properties.filter((property, index) => property !== facts.properties[index]).length;
    count += changed;
    return changed > 0 && { ...facts, properties };
  });
  return count;
}

/**
 * @param {Map<string, ClassFacts>} classes
 * @param {(method: MethodFacts) => MethodFacts | false | undefined} edit
 */
function editMethods(classes, edit) {
  let count = 0;
  editClasses(classes, (facts) => {
    const methods = facts.methods.map((method) => edit(method) || method);
    const changed = methods.filter((method, index) => method !== facts.methods[index]).length;
    count += changed;
    return changed > 0 && { ...facts, methods };
  });
  return count;
}

/**
 * @param {Map<string, ClassFacts>} classes
 * @param {(parameter: ParameterFacts) => ParameterFacts | false | undefined} edit
 */
function editParameters(classes, edit) {
  return editMethods(classes, (method) => {
    const parameters = method.parameters.map((parameter) => edit(parameter) || parameter);
    const changed = parameters.some((parameter, index) => parameter !== method.parameters[index]);
    return changed && { ...method, parameters };
  });
}

/**
 * @param {Map<string, ClassFacts>} classes
 * @param {string} name
 * @param {string} ancestor
 */
function isA(classes, name, ancestor) {
  for (let at = classes.get(name); at; at = classes.get(at.superclass ?? '')) {
    if (at.name === ancestor) return true;
  }
  return false;
}
