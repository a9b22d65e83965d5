import { defineConfig } from 'vitest/config';

const report = process.env.TT_TEST_REPORT; // ./tt test adds the parts up

// Each folder runs against one instance of the product, started once (support/global-setup.ts) with its own PostgreSQL,
// ports and data. Files run one after another: they share that instance.
export default defineConfig({
  test: {
    globalSetup: './support/global-setup.ts',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
    reporters: report ? ['default', 'json'] : ['default'],
    outputFile: { json: report ?? '' },
  },
});
