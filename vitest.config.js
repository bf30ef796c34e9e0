import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/frontend/**/*.test.js'],
    environment: 'node',
    sequence: { shuffle: true },
    // The first start of the WebAssembly runtime takes seconds on a busy machine.
    testTimeout: 60_000,
    // Node reads the copied libraries as they are: they are built already, and their source maps are not copied.
    server: { deps: { external: [/\/static\/vendor\//] } },
  },
});
