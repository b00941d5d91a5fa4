import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Replaced by the app's protocol with a fresh nonce for every load of the page. */
const noncePlaceholder = '__LEADFERRY_NONCE__';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      /** What is packed is one file a part of the program, and keytar, which is native: fewer files to open at the start, and to trust. */
      externalizeDeps: { exclude: ['@azure/msal-node', 'axios', 'electron-store', 'zod'] },
      rollupOptions: { input: { index: 'main/index.ts' }, output: { format: 'es' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      /** A sandboxed preload can load nothing but Electron: everything else is inlined into one CommonJS file. */
      externalizeDeps: false,
      minify: true,
      rollupOptions: { input: { index: 'preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    html: { cspNonce: noncePlaceholder },
    build: {
      outDir: 'out/renderer',
      /** Every file is served from the exact list of the build; nothing is inlined into data URLs. */
      assetsInlineLimit: 0,
      minify: true,
      rollupOptions: { input: { index: 'renderer/index.html' } },
    },
  },
});
