/** The screens of the window, and what they are called there and in the menu. */
export const screenTitles = {
  overview: 'Overview',
  people: 'People',
  connection: 'Connection',
  dataConfiguration: 'Data Configuration',
  syncSettings: 'Sync Settings',
  liveLog: 'Live Log',
  heldPlan: 'Held run',
  preview: 'Preview',
} as const;
export type Screen = keyof typeof screenTitles;

export const screenNames = Object.keys(screenTitles) as readonly Screen[];

/** Those of the navigation, in its order. The held run is reached from what says that it is held, the preview from where the next run is told of. */
export const navigationScreens = ['overview', 'people', 'connection', 'dataConfiguration', 'syncSettings', 'liveLog'] as const;
export type NavigationScreen = (typeof navigationScreens)[number];
