import { createServiceSettings, type ServiceSettings } from '../wsman/service-settings.js';
import type { LimitOptions } from './options/limit-options.js';

/** The settings to start with. Whoever bounds bodies bounds envelopes. */
export function openSettings({ maxEnvelopeSizeKb, limits, settings }: LimitOptions): ServiceSettings {
  const size = maxEnvelopeSizeKb ?? (limits?.maxBodyBytes && Math.ceil(limits.maxBodyBytes / 1024));
  return createServiceSettings({ ...settings, ...(size && { maxEnvelopeSizeKb: size }) });
}
