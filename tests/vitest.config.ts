import { defineConfig } from 'vitest/config';

// Each folder runs against one instance of the product, started once (support/global-setup.ts) with its own PostgreSQL,
// ports and data. Files run one after another: they share that instance.
export default defineConfig({
  test: {
    globalSetup: './support/global-setup.ts',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
    // On CI's shared machines a test may run twice; the reporter shows which did.
    retry: process.env.CI ? 1 : 0,
    reporters: ['default'],
  },
});
