import { defineProvider } from '../define-provider.js';
import { MSISCSITARGET_StorageConfigurationService } from '../generated/msiscsitarget-storage-configuration-service.js';

const { ReturnValue } = MSISCSITARGET_StorageConfigurationService.CreateOrModifyReplicationPipe;

/**
 * The service as Windows Server has it: no pipes between servers. The method's page says of 4096, Busy, that the method
 * is not supported.
 */
export const windowsStorageConfigurationService = defineProvider('MSISCSITARGET_StorageConfigurationService', {
  methods: {
    async CreateOrModifyReplicationPipe(_input, context) {
      context.explain(
        'Windows Server makes no pipes between servers: with --profile windows the method is not supported',
      );
      return { ReturnValue: ReturnValue.Busy, ReplicationPipe: null };
    },
  },
  otherMethods: 'not-supported',
});
