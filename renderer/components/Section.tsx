import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    padding: '20px 24px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  header: { display: 'flex', alignItems: 'flex-start', gap: '16px' },
  words: { display: 'flex', flexDirection: 'column', gap: '2px', flexGrow: 1 },
  title: { margin: 0 },
  lead: { color: tokens.colorNeutralForeground2, maxWidth: '640px' },
  aside: { flexShrink: 0 },
});

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** At the end of the title line: a state, a switch. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** One matter of a screen on a card of its own. */
export function Section({ title, lead, aside, children }: SectionProps) {
  const styles = useStyles();
  const titleId = useId();
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <div className={styles.header}>
        <div className={styles.words}>
          <Subtitle2 as="h2" id={titleId} className={styles.title}>
            {title}
          </Subtitle2>
          {lead !== undefined && <Text className={styles.lead}>{lead}</Text>}
        </div>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  );
}
