import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Runs the built main in plain Node: `run-main.ts <built main> [arguments of the app]`. `electron` is the stand-in. */
const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context)),
});

const main = process.argv[2];
if (main === undefined) throw new Error('which main?');
process.argv.splice(1, 2, '.');

const { entryModuleFinished } = await import('./electron.ts');
await import(pathToFileURL(main).href);
entryModuleFinished();
