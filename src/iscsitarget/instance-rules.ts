import type { CreateRule, InstanceRules, ModifyRule, Provider } from '../cim/contracts/provider.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { foldName } from '../cim/model/name-map.js';
import { checkRequired } from './required-properties.js';
import { findPipeParts } from './storage-configuration-service/find-pipe-parts.js';
import { PIPE_CLASS } from './storage-configuration-service/replication-pipe.js';

/** The schemas of this namespace: what stands before the first underscore of a class name (DSP0004 §5.1.2.2). */
const SCHEMAS: ReadonlySet<string> = new Set(['cim', 'cimulator', 'msftsm', 'msftsmnet', 'msiscsitarget']);

/**
 * Services, systems, endpoints, capabilities and all associations: only methods make and change them. Classes of other
 * schemas, which users bring along and derive from these, are data.
 */
const NOTHING: InstanceRules = {
  create: async (instance) => refuseOwn(instance, 'create'),
  modify: async (instance) => refuseOwn(instance, 'modify'),
  delete: async (instance) => void refuseOwn(instance, 'delete'),
};

/** @throws CimError NotSupported */
function refuseOwn(instance: CimInstance, operation: keyof InstanceRules): CimInstance {
  const [schema = ''] = foldName(instance.className).split('_');
  if (!SCHEMAS.has(schema)) return instance;
  throw new CimError('NotSupported', `Instances of ${instance.className} are not for clients to ${operation}.`);
}

/** A client may leave the InstanceID to the server; one without a name is called by it. */
function createWithId(kind: string): CreateRule {
  return async (instance, { newUuid, schema }) => {
    const InstanceID = instance.get('InstanceID') ?? `cimulator:${kind}:${newUuid()}`;
    const created = instance.with({ InstanceID, ElementName: instance.get('ElementName') ?? InstanceID });
    checkRequired(created, schema);
    return created;
  };
}

const modifyAny: ModifyRule = async (instance, _before, { schema }) => {
  checkRequired(instance, schema);
  return instance;
};

function anything(kind: string): InstanceRules {
  return { create: createWithId(kind), modify: modifyAny, delete: true };
}

/** What clients may do with instances, by class; a class that is not named does as its superclass does. */
export const instanceRules: Readonly<Record<string, InstanceRules>> = {
  CIM_AffectedJobElement: NOTHING,
  CIM_AuthorizedSubject: NOTHING,
  CIM_AuthorizedTarget: NOTHING,
  CIM_Component: NOTHING,
  CIM_Dependency: NOTHING,
  CIM_ElementCapabilities: NOTHING,
  CIM_ElementConformsToProfile: NOTHING,
  CIM_ElementSettingData: NOTHING,
  CIM_Error: NOTHING,
  CIM_ManagedElement: NOTHING,
  CIM_MemberOfCollection: NOTHING,
  CIM_OwningJobElement: NOTHING,
  CIM_SAPAvailableForElement: NOTHING,
  CIM_ServiceAffectsElement: NOTHING,
  CIM_SettingsDefineState: NOTHING,
  CIM_Synchronized: NOTHING,
  CIM_SettingData: anything('setting'),
  CIM_StorageHardwareID: anything('hardware-id'),
  [PIPE_CLASS]: { modify: ['ElementName'], delete: findPipeParts },
};

/** The rules as providers of no methods. */
export const instanceProviders: readonly Provider[] = Object.entries(instanceRules).map(([className, instances]) => ({
  className,
  methods: {},
  instances,
}));
