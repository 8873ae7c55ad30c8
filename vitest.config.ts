import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/store/postgres/shared-postgres.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxConcurrency: 2,
    coverage: { provider: 'v8', include: ['src/**', 'conformance/**'], exclude: ['src/**/generated/**'] },
  },
});
