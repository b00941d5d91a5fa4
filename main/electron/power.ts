import { net, powerMonitor } from 'electron';
import type { PowerEvents } from '../ports/power.ts';

export const desktopPowerEvents: PowerEvents = {
  onResume: (listener) => {
    powerMonitor.on('resume', listener);
    powerMonitor.on('unlock-screen', listener);
    return () => {
      powerMonitor.off('resume', listener);
      powerMonitor.off('unlock-screen', listener);
    };
  },
  hasNetwork: () => net.isOnline(),
};
