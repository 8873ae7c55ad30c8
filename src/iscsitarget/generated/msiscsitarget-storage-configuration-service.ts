// Written by scripts/generate-provider-types from the MOF in schemas/: do not edit.

import type { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';

export interface MSISCSITARGET_StorageConfigurationService {
  readonly properties: {
    readonly Caption: string | null;
    readonly Description: string | null;
    readonly ElementName: string | null;
    readonly InstallDate: CimDateTime | null;
    readonly Name: string;
    readonly OperationalStatus: readonly (number | null)[] | null;
    readonly StatusDescriptions: readonly (string | null)[] | null;
    readonly Status: string | null;
    readonly HealthState: number | null;
    readonly EnabledState: number | null;
    readonly OtherEnabledState: string | null;
    readonly RequestedState: number | null;
    readonly EnabledDefault: number | null;
    readonly TimeOfLastStateChange: CimDateTime | null;
    readonly SystemCreationClassName: string;
    readonly SystemName: string;
    readonly CreationClassName: string;
    readonly PrimaryOwnerName: string | null;
    readonly PrimaryOwnerContact: string | null;
    readonly StartMode: string | null;
    readonly Started: boolean | null;
  };
  readonly methods: {
    readonly RequestStateChange: {
      readonly input: {
        readonly RequestedState?: number | null;
        readonly TimeoutPeriod?: CimDateTime | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly StartService: {
      readonly input: Record<never, never>;
      readonly output: {
        readonly ReturnValue: number;
      };
    };
    readonly StopService: {
      readonly input: Record<never, never>;
      readonly output: {
        readonly ReturnValue: number;
      };
    };
    readonly AttachOrModifyReplica: {
      readonly input: {
        readonly SourceElement: InstancePath;
        readonly TargetElement: InstancePath;
        readonly CopyType: number;
        readonly Goal?: CimInstance | null;
        readonly ReplicationPipe?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly AttachReplica: {
      readonly input: {
        readonly SourceElement: InstancePath;
        readonly TargetElement?: InstancePath | null;
        readonly CopyType?: number | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly CreateOrModifyElementFromElements: {
      readonly input: {
        readonly ElementName?: string | null;
        readonly ElementType: number;
        readonly Goal?: InstancePath | null;
        readonly Size?: bigint | null;
        readonly InElements: readonly (InstancePath | null)[];
        readonly TheElement?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly Size: bigint | null;
        readonly TheElement: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly CreateOrModifyElementFromStoragePool: {
      readonly input: {
        readonly ElementName?: string | null;
        readonly ElementType?: number | null;
        readonly Goal?: InstancePath | null;
        readonly Size?: bigint | null;
        readonly InPool?: InstancePath | null;
        readonly TheElement?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly Size: bigint | null;
        readonly TheElement: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly CreateOrModifyReplicationPipe: {
      readonly input: {
        readonly PipeElementName?: string | null;
        readonly SourceSystem: InstancePath;
        readonly TargetSystem: InstancePath;
        readonly SourceEndpoint?: readonly (InstancePath | null)[] | null;
        readonly TargetEndpoint?: readonly (InstancePath | null)[] | null;
        readonly Goal?: CimInstance | null;
        readonly ReplicationPipe?: InstancePath | null;
      };
      readonly output: {
        readonly ReplicationPipe: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly CreateOrModifyStoragePool: {
      readonly input: {
        readonly ElementName?: string | null;
        readonly Goal?: InstancePath | null;
        readonly Size?: bigint | null;
        readonly InPools?: readonly (string | null)[] | null;
        readonly InExtents?: readonly (string | null)[] | null;
        readonly Pool?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly Size: bigint | null;
        readonly Pool: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly CreateReplica: {
      readonly input: {
        readonly ElementName?: string | null;
        readonly SourceElement: InstancePath;
        readonly TargetSettingGoal?: InstancePath | null;
        readonly TargetPool?: InstancePath | null;
        readonly CopyType?: number | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly TargetElement: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly CreateReplicationBuffer: {
      readonly input: {
        readonly Host: InstancePath;
        readonly TargetElement?: InstancePath | null;
        readonly TargetPool?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReplicaBuffer: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly DeleteStoragePool: {
      readonly input: {
        readonly Pool?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly GetElementsBasedOnUsage: {
      readonly input: {
        readonly ElementType?: number | null;
        readonly Usage?: number | null;
        readonly Criteria?: number | null;
        readonly ThePool?: InstancePath | null;
      };
      readonly output: {
        readonly TheElements: readonly (InstancePath | null)[] | null;
        readonly ReturnValue: number;
      };
    };
    readonly ModifySynchronization: {
      readonly input: {
        readonly Operation?: number | null;
        readonly Synchronization?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly RequestUsageChange: {
      readonly input: {
        readonly Operation?: number | null;
        readonly UsageValue?: number | null;
        readonly OtherUsageDescription?: string | null;
        readonly TheElement?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly ReturnToStoragePool: {
      readonly input: {
        readonly TheElement?: InstancePath | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly ReturnValue: number;
      };
    };
    readonly ScsiScan: {
      readonly input: {
        readonly Job?: InstancePath | null;
        readonly ConnectionType?: number | null;
        readonly OtherConnectionType?: string | null;
        readonly Initiators?: readonly (InstancePath | null)[] | null;
        readonly Targets?: readonly (string | null)[] | null;
        readonly LogicalUnits?: readonly (string | null)[] | null;
      };
      readonly output: {
        readonly Job: InstancePath | null;
        readonly LogicalUnits: readonly (string | null)[] | null;
        readonly ReturnValue: number;
      };
    };
  };
}

export const MSISCSITARGET_StorageConfigurationService = {
  OperationalStatus: {
    Unknown: 0,
    Other: 1,
    OK: 2,
    Degraded: 3,
    Stressed: 4,
    PredictiveFailure: 5,
    Error: 6,
    NonRecoverableError: 7,
    Starting: 8,
    Stopping: 9,
    Stopped: 10,
    InService: 11,
    NoContact: 12,
    LostCommunication: 13,
    Aborted: 14,
    Dormant: 15,
    SupportingEntityInError: 16,
    Completed: 17,
    PowerMode: 18,
  },
  HealthState: {
    Unknown: 0,
    OK: 5,
    DegradedWarning: 10,
    MinorFailure: 15,
    MajorFailure: 20,
    CriticalFailure: 25,
    NonRecoverableError: 30,
  },
  EnabledState: {
    Unknown: 0,
    Other: 1,
    Enabled: 2,
    Disabled: 3,
    ShuttingDown: 4,
    NotApplicable: 5,
    EnabledButOffline: 6,
    InTest: 7,
    Deferred: 8,
    Quiesce: 9,
    Starting: 10,
  },
  RequestedState: {
    Enabled: 2,
    Disabled: 3,
    ShutDown: 4,
    NoChange: 5,
    Offline: 6,
    Test: 7,
    Deferred: 8,
    Quiesce: 9,
    Reboot: 10,
    Reset: 11,
    NotApplicable: 12,
  },
  EnabledDefault: {
    Enabled: 2,
    Disabled: 3,
    NotApplicable: 5,
    EnabledButOffline: 6,
    NoDefault: 7,
    Quiesce: 9,
  },
  RequestStateChange: {
    ReturnValue: {
      CompletedWithNoError: 0,
      NotSupported: 1,
      UnknownUnspecifiedError: 2,
      CannotCompleteWithinTimeoutPeriod: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedTransitionStarted: 4096,
      InvalidStateTransition: 4097,
      UseOfTimeoutParameterNotSupported: 4098,
      Busy: 4099,
    },
    RequestedState: {
      Enabled: 2,
      Disabled: 3,
      ShutDown: 4,
      Offline: 6,
      Test: 7,
      Defer: 8,
      Quiesce: 9,
      Reboot: 10,
      Reset: 11,
    },
  },
  StartService: {
    ReturnValue: {
      Success: 0,
      NotSupported: 1,
    },
  },
  StopService: {
    ReturnValue: {
      Success: 0,
      NotSupported: 1,
    },
  },
  AttachOrModifyReplica: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      UnspecifiedError: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
    CopyType: {
      Async: 2,
      Sync: 3,
      UnSyncAssoc: 4,
      UnSyncUnAssoc: 5,
    },
  },
  AttachReplica: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      UnspecifiedError: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
    CopyType: {
      Async: 2,
      Sync: 3,
      UnSyncAssoc: 4,
      UnSyncUnAssoc: 5,
    },
  },
  CreateOrModifyElementFromElements: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      UnspecifiedError: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
    ElementType: {
      Unknown: 0,
      Reserved: 1,
      StorageVolume: 2,
      StorageExtent: 3,
      StoragePool: 4,
      LogicalDisk: 5,
    },
  },
  CreateOrModifyElementFromStoragePool: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
      SizeNotSupported: 4097,
    },
    ElementType: {
      Unknown: 0,
      Reserved: 1,
      StorageVolume: 2,
      StorageExtent: 3,
      LogicalDisk: 4,
    },
  },
  CreateOrModifyReplicationPipe: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      UnspecifiedError: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      Busy: 4096,
    },
  },
  CreateOrModifyStoragePool: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
      SizeNotSupported: 4097,
    },
  },
  CreateReplica: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
      SizeNotSupported: 4097,
    },
    CopyType: {
      Async: 2,
      Sync: 3,
      UnSyncAssoc: 4,
      UnSyncUnAssoc: 5,
    },
  },
  CreateReplicationBuffer: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      UnspecifiedError: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
  },
  DeleteStoragePool: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
  },
  GetElementsBasedOnUsage: {
    ReturnValue: {
      CompletedWithNoError: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      MethodParametersCheckedJobStarted: 4096,
    },
    ElementType: {
      Unknown: 0,
      StorageVolume: 2,
      StorageExtent: 3,
      StoragePool: 4,
      LogicalDisk: 5,
    },
    Criteria: {
      Unknown: 0,
      All: 2,
      AvailableOnly: 3,
      InUseOnly: 4,
    },
  },
  ModifySynchronization: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      UnspecifiedError: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
    Operation: {
      DMTFReserved: 0,
      Detach: 2,
      Fracture: 3,
      ResyncReplica: 4,
      RestoreFromReplica: 5,
      Prepare: 6,
      Unprepare: 7,
      Quiesce: 8,
      Unquiesce: 9,
      ResetToSync: 10,
      ResetToAsync: 11,
      StartCopy: 12,
      StopCopy: 13,
      DMTFReserved1: 1,
    },
  },
  RequestUsageChange: {
    ReturnValue: {
      CompletedWithNoError: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      NotAuthorized: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
    Operation: {
      Set: 2,
      ModifyOtherDescriptionOnly: 3,
    },
  },
  ReturnToStoragePool: {
    ReturnValue: {
      JobCompletedWithNoError: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InUse: 6,
      MethodParametersCheckedJobStarted: 4096,
    },
  },
  ScsiScan: {
    ReturnValue: {
      Success: 0,
      NotSupported: 1,
      Unknown: 2,
      Timeout: 3,
      Failed: 4,
      InvalidParameter: 5,
      InvalidConnectionType: 4096,
      InvalidInitiator: 4097,
      NoMatchingTargetFound: 4098,
      NoMatchingLUsFound: 4099,
      ProhibitedByNameBindingConfiguration: 4100,
    },
    ConnectionType: {
      Other: 1,
      FibreChannel: 2,
      ParallelSCSI: 3,
      SSA: 4,
      IEEE1394: 5,
      RDMA: 6,
      ISCSI: 7,
      SAS: 8,
      ADT: 9,
    },
  },
} as const;
