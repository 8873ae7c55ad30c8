/** What exists in the default lab of this project, `fixtures/labs/two-servers.mof`. */
export const lab = {
  namespace: 'root/cimv2/storage/iScsiTarget',
  className: 'MSFTSM_ComputerSystem',
  selectors: { CreationClassName: 'MSFTSM_ComputerSystem', Name: 'iscsi-a.lab.example' },
};

export const SYSTEM = 'MSFTSM_ComputerSystem';
export const SERVICE = 'MSISCSITARGET_StorageConfigurationService';
export const HOSTED_SERVICE = 'MSISCSITARGET_HostedService';
export const TCP = 'MSISCSITARGET_TCPProtocolEndpoint';
export const CAPABILITIES = 'MSISCSITARGET_StorageReplicationCapabilities';
export const HARDWARE_ID = 'MSISCSITARGET_StorageHardwareID';
export const METHOD = 'CreateOrModifyReplicationPipe';

export const systems = ['iscsi-a.lab.example', 'iscsi-b.lab.example', 'legacy-c.lab.example'] as const;

/** Classes of the services that each system hosts. */
export const services = [
  'MSISCSITARGET_ControllerConfigurationService',
  'MSISCSITARGET_ReplicationService',
  'MSISCSITARGET_StorageConfigurationService',
  'MSISCSITARGET_StorageHardwareIDManagementService',
  'MSISCSITARGET_iSCSIConfigurationService',
];

export const systemKeys = (name: string) => ({ CreationClassName: SYSTEM, Name: name });

export const serviceKeys = (system = 'iscsi-a.lab.example') => ({
  SystemCreationClassName: SYSTEM,
  SystemName: system,
  CreationClassName: SERVICE,
  Name: 'StorageConfigurationService',
});

export const portKeys = (system: string, name: string) => ({
  SystemCreationClassName: SYSTEM,
  SystemName: system,
  CreationClassName: TCP,
  Name: name,
});
