/** The namespace that is meant where a script names none. */
export const CIMV2 = 'root/cimv2';

/** What the endpoint keeps of a computer besides the instances that its classes show: the registry. */
export const CIMULATOR = 'root/cimulator';

/** Disks, partitions and volumes as they are managed, and the iSCSI initiator. */
export const STORAGE = 'root/Microsoft/Windows/Storage';

/** What iSCSI targets offer, by SMI-S; of all computers of a lab in one. */
export const ISCSI_TARGET = 'root/cimv2/storage/iScsiTarget';

/** Scheduled tasks. */
export const TASK_SCHEDULER = 'root/Microsoft/Windows/TaskScheduler';

/** BitLocker. */
export const VOLUME_ENCRYPTION = 'root/cimv2/Security/MicrosoftVolumeEncryption';
