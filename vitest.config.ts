import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/store/postgres/shared-postgres.ts'],
    // What a test waits for has bounds of its own; a machine that does much besides is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Files start servers and wait for them as much as they compute; by itself vitest leaves a core free.
    maxWorkers: 2,
    maxConcurrency: 2,
    coverage: { provider: 'v8', include: ['src/**', 'conformance/**'], exclude: ['src/**/generated/**'] },
  },
});
