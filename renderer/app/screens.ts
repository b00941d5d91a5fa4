import type { FluentIcon } from '@fluentui/react-icons';
import {
  ArrowSyncFilled,
  ArrowSyncRegular,
  PeopleListFilled,
  PeopleListRegular,
  PlugConnectedFilled,
  PlugConnectedRegular,
  TextBulletListSquareFilled,
  TextBulletListSquareRegular,
} from '@fluentui/react-icons';
import { type ComponentType, lazy } from 'react';

export const screenNames = ['connection', 'dataConfiguration', 'syncSettings', 'liveLog'] as const;
export type Screen = (typeof screenNames)[number];

interface ScreenEntry {
  readonly title: string;
  readonly icon: FluentIcon;
  readonly selectedIcon: FluentIcon;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

export const screens: Readonly<Record<Screen, ScreenEntry>> = {
  connection: {
    title: 'Connection',
    icon: PlugConnectedRegular,
    selectedIcon: PlugConnectedFilled,
    load: async () => ({ default: (await import('../screens/connection/ConnectionScreen.tsx')).ConnectionScreen }),
  },
  dataConfiguration: {
    title: 'Data Configuration',
    icon: PeopleListRegular,
    selectedIcon: PeopleListFilled,
    load: async () => ({ default: (await import('../screens/data-configuration/DataConfigurationScreen.tsx')).DataConfigurationScreen }),
  },
  syncSettings: {
    title: 'Sync Settings',
    icon: ArrowSyncRegular,
    selectedIcon: ArrowSyncFilled,
    load: async () => ({ default: (await import('../screens/sync-settings/SyncSettingsScreen.tsx')).SyncSettingsScreen }),
  },
  liveLog: {
    title: 'Live Log',
    icon: TextBulletListSquareRegular,
    selectedIcon: TextBulletListSquareFilled,
    load: async () => ({ default: (await import('../screens/live-log/LiveLogScreen.tsx')).LiveLogScreen }),
  },
};

/** Each screen is fetched when it is first opened. */
export const screenComponents: Readonly<Record<Screen, ComponentType>> = {
  connection: lazy(screens.connection.load),
  dataConfiguration: lazy(screens.dataConfiguration.load),
  syncSettings: lazy(screens.syncSettings.load),
  liveLog: lazy(screens.liveLog.load),
};
