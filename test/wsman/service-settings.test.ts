import { describe, expect, it } from 'vitest';
import { createServiceSettings, DEFAULT_SETTINGS } from '../../src/wsman/service-settings.js';

describe('the settings', () => {
  it('start as Windows has them, but for larger envelopes', () => {
    expect(createServiceSettings().current).toEqual({
      maxEnvelopeSizeKb: 2048,
      maxTimeoutMs: 60_000,
      maxBatchItems: 32_000,
      maxConcurrentOperations: 1500,
      maxConcurrentOperationsPerUser: 1500,
      maxEnumerationsPerUser: 1500,
      maxEnumerationMemoryKb: 131_072,
      maxEnumerationMemoryKbPerUser: 65_536,
      maxModelMemoryKb: 524_288,
      enumerationTimeoutMs: 240_000,
    });
  });

  it('change together and leave the others', () => {
    const settings = createServiceSettings({ maxBatchItems: 5 });
    settings.change({ maxTimeoutMs: 1, maxEnvelopeSizeKb: 8 });
    expect(settings.current).toEqual({ ...DEFAULT_SETTINGS, maxBatchItems: 5, maxTimeoutMs: 1, maxEnvelopeSizeKb: 8 });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('are never %s', (value) => {
    const settings = createServiceSettings();
    expect(() => settings.change({ maxTimeoutMs: 5, maxBatchItems: value })).toThrow(RangeError);
    expect(settings.current).toEqual(DEFAULT_SETTINGS);
  });
});
