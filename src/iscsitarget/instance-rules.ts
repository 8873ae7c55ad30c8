import type { CreateRule, InstanceRules, ModifyRule, Provider } from '../cim/provider.js';
import { removePipeParts } from './remove-pipe-parts.js';
import { PIPE_CLASS } from './replication-pipe.js';
import { checkRequired } from './required-properties.js';

/** Services, systems, endpoints, capabilities and all associations: only methods make and change them. */
const NOTHING: InstanceRules = {};

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
  [PIPE_CLASS]: { modify: ['ElementName'], delete: removePipeParts },
};

/** The rules as providers of no methods. */
export const instanceProviders: readonly Provider[] = Object.entries(instanceRules).map(([className, instances]) => ({
  className,
  methods: {},
  instances,
}));
