import { makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular, DismissCircleFilled, WarningFilled } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ConnectionCheck } from '../../../shared/connection.ts';
import { ServiceWords } from '../../components/ServiceWords.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  line: { display: 'flex', gap: '10px', alignItems: 'flex-start' },
  icon: { display: 'flex', alignItems: 'center', justifyContent: 'center', width: '20px', height: '20px', fontSize: '20px', flexShrink: 0 },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  aside: { color: tokens.colorNeutralForeground2 },
  passed: { color: tokens.colorPaletteGreenForeground1 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  waiting: { color: tokens.colorNeutralForeground4 },
});

type Outcome = ConnectionCheck['outcome'];

const words: Readonly<Record<Outcome, string>> = {
  waiting: 'Not yet tried',
  running: 'Being tried',
  passed: 'Passed',
  warning: 'Warning',
  failed: 'Failed',
  notTried: 'Not tried',
};

/** What a connection test has proved, line by line, while it goes on. */
export function Checklist({ checks, running }: { readonly checks: readonly ConnectionCheck[]; readonly running: boolean }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Result of the test" aria-busy={running} aria-live="polite">
      {checks.map(({ id, label, outcome, message, advice, serviceMessage }) => {
        const faint = outcome === 'waiting' || outcome === 'notTried';
        return (
          <li key={id} className={styles.line}>
            <OutcomeIcon outcome={outcome} />
            <div className={styles.words}>
              <Text {...(faint && { className: styles.aside })}>
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

function OutcomeIcon({ outcome }: { readonly outcome: Outcome }) {
  const styles = useStyles();
  const named = (tone: string, icon: ReactNode) => (
    <span className={mergeClasses(styles.icon, tone)} role="img" aria-label={words[outcome]}>
      {icon}
    </span>
  );
  switch (outcome) {
    case 'running':
      return (
        <span className={mergeClasses(styles.icon, styles.waiting)}>
          <Spinner size="extra-tiny" aria-label={words.running} />
        </span>
      );
    case 'passed':
      return named(styles.passed, <CheckmarkCircleFilled />);
    case 'warning':
      return named(styles.warning, <WarningFilled />);
    case 'failed':
      return named(styles.failed, <DismissCircleFilled />);
    case 'waiting':
    case 'notTried':
      return named(styles.waiting, <CircleRegular />);
  }
}
