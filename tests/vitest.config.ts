import { defineConfig } from 'vitest/config';

// Each folder runs against one instance of the product, started once (support/global-setup.ts) with its own PostgreSQL,
// ports and data. Files run one after another: they share that instance.
export default defineConfig({
  test: {
    globalSetup: './support/global-setup.ts',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
    reporters: ['default'],
  },
});
