import { makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  // What takes the keyboard is scrolled clear of a bar that stays at the bottom.
  scroll: { height: '100%', overflowY: 'auto', scrollbarGutter: 'stable', scrollPaddingBottom: '112px' },
  page: {
    boxSizing: 'border-box',
    maxWidth: '960px',
    marginInline: 'auto',
    padding: '28px 32px 40px',
    display: 'flex',
    flexDirection: 'column',
    gap: '20px',
  },
  header: { display: 'flex', flexDirection: 'column', gap: '4px' },
  // The name of a person may be longer than the window is wide.
  title: { margin: 0, overflowWrap: 'anywhere' },
  lead: { color: tokens.colorNeutralForeground2, maxWidth: '720px' },
});

interface PageProps {
  readonly title: string;
  readonly lead: string;
  /** Before the title: the way back. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a screen that scrolls: its title, what it is for, its sections. */
export function Page({ title, lead, above, children }: PageProps) {
  const styles = useStyles();
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        {above}
        <header className={styles.header}>
          <Title2 as="h1" className={styles.title}>
            {title}
          </Title2>
          <Text className={styles.lead}>{lead}</Text>
        </header>
        {children}
      </div>
    </div>
  );
}
