/**
 * The built preload script, wrapped so that it runs in a browser's page before any script of the page. `require` knows only Electron,
 * as in a sandboxed preload; a frame gets none, as in Electron. The two worlds of Electron are one here.
 */
export function preloadScript(preload: string): string {
  return `(() => {
  const { standInInvoke: invoke, standInOpenWindow: openWindow } = window;
  delete window.standInInvoke;
  delete window.standInOpenWindow;
  if (window !== window.top) return;
  window.open = (url) => { openWindow(new URL(url, location.href).href); return null; };
  const listeners = new Map();
  const of = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
  Object.defineProperty(window, 'receive', { value: (channel, args) => { for (const listener of [...of(channel)]) listener({}, ...args); } });
  const freeze = (value) => { if (value && typeof value === 'object') Object.values(value).forEach(freeze); return Object.freeze(value); };
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: freeze(api) }) },
    ipcRenderer: {
      invoke: (channel, ...args) => invoke(channel, structuredClone(args)),
      on: (channel, listener) => of(channel).add(listener),
      off: (channel, listener) => of(channel).delete(listener),
    },
  };
  const module = { exports: {} };
  const require = (name) => { if (name !== 'electron') throw new Error('a sandboxed preload cannot load ' + name); return electron; };
  ((exports, require, module) => { ${preload}
  })(module.exports, require, module);
})();`;
}
