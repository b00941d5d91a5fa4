import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular, DismissCircleFilled, WarningFilled } from '@fluentui/react-icons';
import type { ConnectionCheck } from '../../../shared/connection.ts';
import { ServiceWords } from '../../components/ServiceWords.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  line: { display: 'flex', gap: '10px', alignItems: 'flex-start' },
  icon: { display: 'flex', fontSize: '20px', flexShrink: 0 },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  aside: { color: tokens.colorNeutralForeground2 },
  passed: { color: tokens.colorPaletteGreenForeground1 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  notTried: { color: tokens.colorNeutralForeground4 },
});

const outcomes = {
  passed: { icon: CheckmarkCircleFilled, word: 'Passed' },
  warning: { icon: WarningFilled, word: 'Warning' },
  failed: { icon: DismissCircleFilled, word: 'Failed' },
  notTried: { icon: CircleRegular, word: 'Not tried' },
} as const;

/** What a connection test has proved, line by line. */
export function Checklist({ checks }: { readonly checks: readonly ConnectionCheck[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Result of the test">
      {checks.map(({ id, label, outcome, message, advice, serviceMessage }) => {
        const { icon: Icon, word } = outcomes[outcome];
        return (
          <li key={id} className={styles.line}>
            <span className={mergeClasses(styles.icon, styles[outcome])} role="img" aria-label={word}>
              <Icon />
            </span>
            <div className={styles.words}>
              <Text {...(outcome === 'notTried' && { className: styles.aside })}>
                {label}
                {message !== '' && <span className={styles.aside}> – {message}</span>}
              </Text>
              {advice !== '' && <Text className={styles.aside}>{advice}</Text>}
              {serviceMessage !== undefined && <ServiceWords words={serviceMessage} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
