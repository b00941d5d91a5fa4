import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, callNames, eventChannel, eventNames } from '../shared/ipc.ts';

/** Builds `window.leadferry` (`LeadferryApi`) from the schema. The host parses what arrives; nothing is trusted on this side. */
const call = Object.fromEntries(
  callNames.map((name) => [
    name,
    async (request: unknown): Promise<unknown> => {
      const answer: unknown = await ipcRenderer.invoke(callChannel(name), request);
      // Electron brings answers and events by two ways: an event that was sent before the answer may be a turn behind it.
      await new Promise((resolve) => setTimeout(resolve));
      return answer;
    },
  ]),
);

const on = Object.fromEntries(
  eventNames.map((name) => [
    name,
    (listener: (payload: unknown) => void): (() => void) => {
      const receive = (_event: unknown, payload: unknown) => listener(payload);
      ipcRenderer.on(eventChannel(name), receive);
      return () => ipcRenderer.off(eventChannel(name), receive);
    },
  ]),
);

contextBridge.exposeInMainWorld('leadferry', { call, on });
