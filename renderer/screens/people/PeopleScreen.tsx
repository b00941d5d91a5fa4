import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useAppState, useOpenScreen, useTarget } from '../../app/context.ts';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { PeopleList } from './PeopleList.tsx';
import { PersonPage } from './PersonPage.tsx';

const useStyles = makeStyles({
  screen: { position: 'relative', height: '100%' },
  list: { height: '100%' },
  // Out of sight, but laid out: a list without a size would forget its rows and how far it was scrolled.
  behind: { position: 'absolute', inset: 0, visibility: 'hidden' },
});

/** Everybody who is linked or held; one of them on a page of their own. */
export function PeopleScreen() {
  const { mode, connected, initialSync } = useAppState();
  const target = useTarget('people');
  if (!connected && initialSync.state === 'waiting') return <NotConnected />;
  // The people of other accounts are other people.
  return <People key={`${mode} ${target?.turn}`} who={target?.target.who ?? 'all'} />;
}

function People({ who }: Pick<Parameters<typeof PeopleList>[0], 'who'>) {
  const styles = useStyles();
  const [selected, setSelected] = useState<string | null>(null);
  /** What the keyboard was at when a person was opened, and goes back to. */
  const leftAt = useRef<Element | null>(null);
  useEffect(() => {
    if (selected === null && leftAt.current instanceof HTMLElement) leftAt.current.focus();
  }, [selected]);
  return (
    <div className={styles.screen}>
      {/* Kept as it is, with what was searched for and how far it was scrolled. */}
      <div className={selected === null ? styles.list : styles.behind}>
        <PeopleList
          who={who}
          onSelect={(subject) => {
            leftAt.current = document.activeElement;
            setSelected(subject);
          }}
        />
      </div>
      {selected !== null && <PersonPage key={selected} subject={selected} onSelect={setSelected} onBack={() => setSelected(null)} />}
    </div>
  );
}

function NotConnected() {
  const open = useOpenScreen();
  return (
    <Page title="People" lead="Everybody who is kept in step, or held.">
      <Section
        title="Connect both accounts first"
        lead="The people are listed here once the first sync has read them."
        aside={
          <Button appearance="primary" onClick={() => open('connection')}>
            Go to Connection
          </Button>
        }
      />
    </Page>
  );
}
