import type { Provider } from '../cim/contracts/provider.js';
import { instanceProviders } from './instance-rules.js';
import { storageConfigurationService } from './storage-configuration-service/storage-configuration-service.js';
import { windowsStorageConfigurationService } from './storage-configuration-service/windows-profile.js';

/** `smi-s`: everything the model describes works. `windows`: as far as Windows Server goes. */
export type IscsiTargetProfile = 'smi-s' | 'windows';

/** The providers of the namespace `root/cimv2/storage/iScsiTarget`. */
export function iscsiTargetProviders(profile: IscsiTargetProfile): readonly Provider[] {
  const service = profile === 'windows' ? windowsStorageConfigurationService : storageConfigurationService;
  return [service, ...instanceProviders];
}
