/** The namespace of the SMI-S provider of the Windows iSCSI Target Server. */
export const ISCSI_TARGET_NAMESPACE = 'root/cimv2/storage/iScsiTarget';
