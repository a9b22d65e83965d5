import { defineConfig } from 'vitest/config';

const report = process.env.TT_TEST_REPORT; // ./tt test adds the parts up

export default defineConfig({
  esbuild: { jsx: 'automatic' },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:3000' } },
    setupFiles: ['./packages/config/test-setup.ts'],
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    css: false,
    reporters: report ? ['default', 'json'] : ['default'],
    outputFile: { json: report ?? '' },
  },
});
