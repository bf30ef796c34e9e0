import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/frontend/**/*.test.js'],
    environment: 'node',
    sequence: { shuffle: true },
    testTimeout: 10_000,
  },
});
