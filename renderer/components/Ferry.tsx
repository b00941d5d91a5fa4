import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({ ferry: { width: '26px', height: '26px', color: tokens.colorBrandForeground1, flexShrink: 0 } });

/** The mark of the app, as on its icon (tools/icons/drawings.ts). */
export function Ferry() {
  const styles = useStyles();
  return (
    <svg className={styles.ferry} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M2.6 12.7h18.8a.9.9 0 0 1 .8 1.35l-3.2 4.6a.9.9 0 0 1-.8.45H5.8a.9.9 0 0 1-.8-.45l-3.2-4.6a.9.9 0 0 1 .8-1.35Z" />
      <rect x="6.6" y="8.4" width="10.8" height="3.4" rx="0.9" />
      <rect x="10.2" y="3.6" width="3.6" height="3.8" rx="0.8" />
      <path d="M3 22h5.4M11 22h2M15.6 22H21" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
