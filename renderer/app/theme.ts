import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

/** The blue-green of the app's icon. */
const brand: BrandVariants = {
  10: '#020507',
  20: '#0a1b21',
  30: '#0a2d38',
  40: '#083a49',
  50: '#074759',
  60: '#07556a',
  70: '#09637a',
  80: '#0c718a',
  90: '#2a8099',
  100: '#438fa6',
  110: '#5b9eb3',
  120: '#72acbf',
  130: '#8abbcb',
  140: '#a1cad6',
  150: '#b9d8e2',
  160: '#d2e7ee',
};

const lightTheme: Theme = createLightTheme(brand);
const darkTheme: Theme = {
  ...createDarkTheme(brand),
  // The ramp's own choices are too dim for text on a dark ground.
  colorBrandForeground1: brand[120],
  colorBrandForeground2: brand[130],
  colorBrandForegroundLink: brand[120],
  colorBrandForegroundLinkHover: brand[130],
};

const dark = window.matchMedia('(prefers-color-scheme: dark)');

const subscribe = (listener: () => void): (() => void) => {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
};

/** The theme that the system asks for. */
export function useSystemTheme(): Theme {
  return useSyncExternalStore(subscribe, () => dark.matches) ? darkTheme : lightTheme;
}
