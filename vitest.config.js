import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/frontend/**/*.test.js'],
    environment: 'node',
    sequence: { shuffle: true },
    // The first start of the WebAssembly runtime takes seconds on a busy machine.
    testTimeout: 60_000,
  },
});
