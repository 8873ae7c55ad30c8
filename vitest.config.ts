import { defineConfig } from 'vitest/config';
import { forksThatEnd } from './test/support/forks-that-end.js';
import { ownProcessFiles } from './test/support/own-process-files.js';

const ownProcess = [...ownProcessFiles()];

const common = {
  // What a test waits for has bounds of its own; a machine that does much besides is no failure.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxConcurrency: 2,
  pool: forksThatEnd,
};

export default defineConfig({
  test: {
    globalSetup: ['test/store/postgres/shared-postgres.ts', 'test/cli/compiled-model.ts'],
    // Files start servers and wait for them as much as they compute; by itself vitest leaves a core free.
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**', 'conformance/**'], exclude: ['src/**/generated/**'] },
    projects: [
      { test: { ...common, name: 'own process', include: ownProcess } },
      {
        test: {
          ...common,
          name: 'shared process',
          include: ['test/**/*.test.ts'],
          exclude: ownProcess,
          isolate: false,
        },
      },
    ],
  },
});
