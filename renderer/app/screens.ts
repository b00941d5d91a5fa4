import type { FluentIcon } from '@fluentui/react-icons';
import {
  ArrowSyncFilled,
  ArrowSyncRegular,
  HomeFilled,
  HomeRegular,
  OptionsFilled,
  OptionsRegular,
  PeopleFilled,
  PeopleRegular,
  PlugConnectedFilled,
  PlugConnectedRegular,
  TextBulletListSquareFilled,
  TextBulletListSquareRegular,
} from '@fluentui/react-icons';
import { type ComponentType, lazy } from 'react';

export const navigationScreens = ['overview', 'people', 'connection', 'dataConfiguration', 'syncSettings', 'liveLog'] as const;
type NavigationScreen = (typeof navigationScreens)[number];

/** The held run is reached from what says that it is held, the preview from where the next run is told of. */
export const screenNames = [...navigationScreens, 'heldPlan', 'preview'] as const;
export type Screen = (typeof screenNames)[number];

interface ScreenEntry {
  readonly title: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

export const screens: Readonly<Record<Screen, ScreenEntry>> = {
  overview: {
    title: 'Overview',
    load: async () => ({ default: (await import('../screens/overview/OverviewScreen.tsx')).OverviewScreen }),
  },
  people: {
    title: 'People',
    load: async () => ({ default: (await import('../screens/people/PeopleScreen.tsx')).PeopleScreen }),
  },
  connection: {
    title: 'Connection',
    load: async () => ({ default: (await import('../screens/connection/ConnectionScreen.tsx')).ConnectionScreen }),
  },
  dataConfiguration: {
    title: 'Data Configuration',
    load: async () => ({ default: (await import('../screens/data-configuration/DataConfigurationScreen.tsx')).DataConfigurationScreen }),
  },
  syncSettings: {
    title: 'Sync Settings',
    load: async () => ({ default: (await import('../screens/sync-settings/SyncSettingsScreen.tsx')).SyncSettingsScreen }),
  },
  liveLog: {
    title: 'Live Log',
    load: async () => ({ default: (await import('../screens/live-log/LiveLogScreen.tsx')).LiveLogScreen }),
  },
  heldPlan: {
    title: 'Held run',
    load: async () => ({ default: (await import('../screens/held-plan/HeldPlanScreen.tsx')).HeldPlanScreen }),
  },
  preview: {
    title: 'Preview',
    load: async () => ({ default: (await import('../screens/preview/PreviewScreen.tsx')).PreviewScreen }),
  },
};

export const navigationIcons: Readonly<Record<NavigationScreen, { readonly regular: FluentIcon; readonly filled: FluentIcon }>> = {
  overview: { regular: HomeRegular, filled: HomeFilled },
  people: { regular: PeopleRegular, filled: PeopleFilled },
  connection: { regular: PlugConnectedRegular, filled: PlugConnectedFilled },
  dataConfiguration: { regular: OptionsRegular, filled: OptionsFilled },
  syncSettings: { regular: ArrowSyncRegular, filled: ArrowSyncFilled },
  liveLog: { regular: TextBulletListSquareRegular, filled: TextBulletListSquareFilled },
};

/** Each screen is fetched when it is first opened. */
export const screenComponents: Readonly<Record<Screen, ComponentType>> = {
  overview: lazy(screens.overview.load),
  people: lazy(screens.people.load),
  connection: lazy(screens.connection.load),
  dataConfiguration: lazy(screens.dataConfiguration.load),
  syncSettings: lazy(screens.syncSettings.load),
  liveLog: lazy(screens.liveLog.load),
  heldPlan: lazy(screens.heldPlan.load),
  preview: lazy(screens.preview.load),
};
