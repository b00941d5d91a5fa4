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
import type { NavigationScreen, Screen } from '../../shared/screens.ts';

type Load = () => Promise<{ readonly default: ComponentType }>;

export const loadScreen: Readonly<Record<Screen, Load>> = {
  overview: async () => ({ default: (await import('../screens/overview/OverviewScreen.tsx')).OverviewScreen }),
  people: async () => ({ default: (await import('../screens/people/PeopleScreen.tsx')).PeopleScreen }),
  connection: async () => ({ default: (await import('../screens/connection/ConnectionScreen.tsx')).ConnectionScreen }),
  dataConfiguration: async () => ({
    default: (await import('../screens/data-configuration/DataConfigurationScreen.tsx')).DataConfigurationScreen,
  }),
  syncSettings: async () => ({ default: (await import('../screens/sync-settings/SyncSettingsScreen.tsx')).SyncSettingsScreen }),
  liveLog: async () => ({ default: (await import('../screens/live-log/LiveLogScreen.tsx')).LiveLogScreen }),
  heldPlan: async () => ({ default: (await import('../screens/held-plan/HeldPlanScreen.tsx')).HeldPlanScreen }),
  preview: async () => ({ default: (await import('../screens/preview/PreviewScreen.tsx')).PreviewScreen }),
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
  overview: lazy(loadScreen.overview),
  people: lazy(loadScreen.people),
  connection: lazy(loadScreen.connection),
  dataConfiguration: lazy(loadScreen.dataConfiguration),
  syncSettings: lazy(loadScreen.syncSettings),
  liveLog: lazy(loadScreen.liveLog),
  heldPlan: lazy(loadScreen.heldPlan),
  preview: lazy(loadScreen.preview),
};
