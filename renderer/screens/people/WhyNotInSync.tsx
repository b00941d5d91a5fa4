import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { WhyNot } from '../../../shared/people.ts';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  item: { display: 'flex', flexDirection: 'column' },
  advice: { color: tokens.colorNeutralForeground2 },
});

/** Why somebody who is neither linked nor held takes no part, and what would change that. */
export function WhyNotInSync({ reasons }: { readonly reasons: readonly WhyNot[] }) {
  const styles = useStyles();
  return (
    <Section title="Why this person is not in sync" lead="By what both sides held when they were last read.">
      <ul className={styles.list}>
        {reasons.map(({ message, advice }) => (
          <li key={message} className={styles.item}>
            <Text weight="semibold">{message}</Text>
            <Text className={styles.advice}>{advice}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
