import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, WarningFilled } from '@fluentui/react-icons';
import type { Attention } from '../../../shared/app-state.ts';
import { useOpenScreen } from '../../app/context.ts';
import { waysOut } from '../../app/ways-out.ts';
import { NewcomersAnswer } from '../../components/NewcomersAnswer.tsx';
import { Section } from '../../components/Section.tsx';
import { ServiceWords } from '../../components/ServiceWords.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '16px' },
  item: { display: 'flex', gap: '12px', alignItems: 'flex-start' },
  icon: { display: 'flex', fontSize: '20px', flexShrink: 0 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  fine: { color: tokens.colorPaletteGreenForeground1 },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  advice: { color: tokens.colorNeutralForeground2 },
  way: { flexShrink: 0 },
  answer: { paddingTop: '8px' },
});

/** What a person has to look at, most pressing first. */
export function AttentionList({ attention }: { readonly attention: readonly Attention[] }) {
  const styles = useStyles();
  const open = useOpenScreen();
  return (
    <Section title="Needs attention">
      {attention.length === 0 ? (
        <div className={styles.item}>
          <span className={mergeClasses(styles.icon, styles.fine)}>
            <CheckmarkCircleFilled aria-hidden="true" />
          </span>
          <Text>Nothing needs you.</Text>
        </div>
      ) : (
        <ul className={styles.list}>
          {attention.map(({ about, message, advice, serviceMessage, entity }) => (
            <li key={message} className={styles.item}>
              <span className={mergeClasses(styles.icon, styles.warning)}>
                <WarningFilled aria-hidden="true" />
              </span>
              <div className={styles.words}>
                <Text weight="semibold">{message}</Text>
                <Text className={styles.advice}>{advice}</Text>
                {serviceMessage !== undefined && <ServiceWords words={serviceMessage} />}
                {entity !== undefined && (
                  <div className={styles.answer}>
                    <NewcomersAnswer entity={entity} />
                  </div>
                )}
              </div>
              {entity === undefined && (
                <Button className={styles.way} onClick={() => waysOut[about].go(open)}>
                  {waysOut[about].name}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
