import { makeStyles } from '@fluentui/react-components';
import type { PersonRow, PersonView } from '../../../shared/people.ts';
import { entityNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';
import { PersonListRow, personRowHeight } from './PersonListRow.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: '0 -20px', padding: 0 },
  item: { height: `${personRowHeight}px` },
});

interface SameEmailProps {
  readonly person: PersonView;
  readonly onSelect: (subject: string) => void;
}

/** Who else answers to the address: one of them syncs, the others are held. */
export function SameEmail({ person: { sameEmail: rows, syncsInstead }, onSelect }: SameEmailProps) {
  const styles = useStyles();
  return (
    <Section title="Others with this e-mail address" lead={whoSyncs(rows, syncsInstead)}>
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

function whoSyncs(rows: readonly PersonRow[], syncsInstead: string | null): string | undefined {
  const row = rows.find(({ subject }) => subject === syncsInstead);
  if (row === undefined) return undefined;
  const who = `${row.name || row.email || 'One without a name'}${row.entity === null ? '' : ` (${entityNames[row.entity].toLowerCase()})`}`;
  return row.linked
    ? `${who} syncs. ActiveCampaign knows people by their address, so that only one of those who share it can.`
    : `${who} is to sync, by rank: a contact before a lead, an open one before a closed one, then the oldest.`;
}
