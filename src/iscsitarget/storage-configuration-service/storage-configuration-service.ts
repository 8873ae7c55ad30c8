import { defineProvider } from '../define-provider.js';
import { createOrModifyReplicationPipe } from './create-or-modify-replication-pipe.js';

/** The service as the SMI-S model describes it. */
export const storageConfigurationService = defineProvider('MSISCSITARGET_StorageConfigurationService', {
  methods: { CreateOrModifyReplicationPipe: createOrModifyReplicationPipe },
  otherMethods: 'not-supported',
});
