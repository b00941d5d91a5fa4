import { makeStyles } from '@fluentui/react-components';
import type { PersonRow } from '../../../shared/people.ts';
import { Section } from '../../components/Section.tsx';
import { PersonListRow, personRowHeight } from './PersonListRow.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: '0 -20px', padding: 0 },
  item: { height: `${personRowHeight}px` },
});

interface SameEmailProps {
  readonly rows: readonly PersonRow[];
  readonly onSelect: (subject: string) => void;
}

/** Who else answers to the address: one of them syncs, the others are held. */
export function SameEmail({ rows, onSelect }: SameEmailProps) {
  const styles = useStyles();
  return (
    <Section title="Others with this e-mail address">
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.subject} className={styles.item}>
            <PersonListRow row={row} onSelect={() => onSelect(row.subject)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
