import { registerHooks } from 'node:module';

/**
 * Lets `import 'electron'` resolve in plain Node: `node --import ./tools/without-electron.ts …`.
 *
 * electron-store imports Electron's main-process API when it is loaded; with an absolute `cwd` it needs none of it. Outside of
 * Electron the npm package `electron` would start a download instead.
 */
const empty = 'data:text/javascript,export default {};';

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' ? { url: empty, format: 'module', shortCircuit: true } : nextResolve(specifier, context),
});
