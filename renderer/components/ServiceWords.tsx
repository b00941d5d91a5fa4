import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  details: { marginTop: '4px', fontSize: tokens.fontSizeBase200 },
  summary: { cursor: 'pointer', color: tokens.colorNeutralForeground2 },
  words: { margin: '4px 0 0', fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** What the service itself said, for those who want to know. */
export function ServiceWords({ words }: { readonly words: string }) {
  const styles = useStyles();
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>What the service said</summary>
      <p className={styles.words}>{words}</p>
    </details>
  );
}
