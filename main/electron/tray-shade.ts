/** What decides the shade of the tray icon. */
export interface TraySurroundings {
  readonly platform: NodeJS.Platform;
  /** `XDG_CURRENT_DESKTOP`: names divided by colons. */
  readonly desktop: string;
  /** The windows are dark. */
  readonly darkWindows: boolean;
  /** The bars of the system are dark; on Windows a choice of its own. */
  readonly darkBars: boolean;
}

/** The top bar of these is dark, whatever the windows are. */
const darkBarDesktops = ['GNOME', 'Unity', 'Pantheon'];

/** Which ink stands out from the bar that the icon is on. */
export function trayInk({ platform, desktop, darkWindows, darkBars }: TraySurroundings): 'light' | 'dark' {
  if (platform === 'win32') return darkBars ? 'light' : 'dark';
  return darkWindows || desktop.split(':').some((name) => darkBarDesktops.includes(name)) ? 'light' : 'dark';
}
