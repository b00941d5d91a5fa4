import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts', 'test/simulation/**/*.test.ts'],
    pool: 'forks',
    // Two cores are what a small build machine has; more workers only make tests that talk HTTP slower.
    maxWorkers: 2,
    // No test measures time; these only end one that hangs, also on a machine that is busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    execArgv: ['--import', new URL('./tools/without-electron.ts', import.meta.url).href],
  },
});
