import { makeStyles, Text, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  summary: { cursor: 'pointer', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  list: { margin: '8px 0 0', display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '6px 16px' },
  number: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  meaning: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** Errors that Microsoft shows on its own page and does not send back (reference-error-codes). */
const errors = [
  ['AADSTS700016', 'The client id is not registered in that organisation: check it, and the tenant.'],
  ['AADSTS50011', 'The registration lacks http://localhost under “Mobile and desktop applications”.'],
  ['AADSTS50020', 'The account belongs to another organisation: use another account, or another tenant.'],
  ['AADSTS50194', 'The registration is for one organisation only: enter it as the tenant.'],
  ['AADSTS650052', 'Your organisation has no Dynamics 365, or it was never opened: check the account.'],
  ['AADSTS90094', 'An administrator has to grant consent under API permissions first.'],
] as const;

/** What the page of Microsoft may say instead of coming back. */
export function PageErrors() {
  const styles = useStyles();
  return (
    <details>
      <summary className={styles.summary}>Does the page show an error?</summary>
      <dl className={styles.list}>
        {errors.map(([number, meaning]) => [
          <dt key={number} className={styles.number}>
            {number}
          </dt>,
          <dd key={`${number} means`} className={styles.meaning}>
            {meaning}
          </dd>,
        ])}
      </dl>
      <Text size={200}>Then cancel here, correct it, and sign in again.</Text>
    </details>
  );
}
