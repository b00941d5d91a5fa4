import { Button, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { useAppState, useOpenScreen, useTarget } from '../../app/context.ts';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { PeopleList } from './PeopleList.tsx';
import { PersonPage } from './PersonPage.tsx';

const useStyles = makeStyles({
  screen: { height: '100%' },
  hidden: { display: 'none' },
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
  return (
    <div className={styles.screen}>
      {/* Kept as it is, with what was searched for and how far it was scrolled. */}
      <div className={selected === null ? styles.screen : styles.hidden}>
        <PeopleList who={who} onSelect={setSelected} />
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
