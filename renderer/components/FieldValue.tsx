import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({ empty: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' } });

/** A value of a field; an empty one is named, since nothing cannot be seen. */
export function FieldValue({ value }: { readonly value: string | null }) {
  const styles = useStyles();
  return value === null ? <span className={styles.empty}>empty</span> : value;
}
