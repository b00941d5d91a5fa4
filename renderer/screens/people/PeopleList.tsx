import { Button, makeStyles, SearchBox, Spinner, Text, Title2, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { PeopleQuery } from '../../../shared/people.ts';
import { useAppState } from '../../app/context.ts';
import { useSettled } from '../../app/use-settled.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { typedEntries } from '../../components/typed-entries.ts';
import { PersonListRow, personRowHeight } from './PersonListRow.tsx';
import { RepairTags } from './RepairTags.tsx';
import { Strangers } from './Strangers.tsx';
import { usePeople } from './use-people.ts';

const useStyles = makeStyles({
  screen: { height: '100%', boxSizing: 'border-box', display: 'flex', flexDirection: 'column', gap: '12px', padding: '28px 32px 20px' },
  header: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  title: { margin: 0, flexGrow: 1 },
  search: { width: '250px' },
  who: { minWidth: '170px' },
  frame: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
    overflow: 'hidden',
  },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto' },
  list: { position: 'relative', listStyle: 'none', margin: 0, padding: 0 },
  row: { position: 'absolute', top: 0, left: 0, right: 0, height: `${personRowHeight}px` },
  empty: { flexGrow: 1, display: 'grid', placeItems: 'center', color: tokens.colorNeutralForeground3 },
  footer: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
});

const whoNames = {
  all: 'Everybody',
  held: 'Held',
  dismissed: 'Dismissed',
  newcomers: 'Not let in',
} as const satisfies Record<PeopleQuery['who'], string>;

const nobody = {
  all: 'Nobody is in sync yet.',
  held: 'Nobody is held.',
  dismissed: 'Nobody is dismissed.',
  newcomers: 'Nobody waits for an answer, and nobody is left out.',
} as const satisfies Record<PeopleQuery['who'], string>;

/** Somebody is looked for who may be in no list: the whole address is needed to tell why. */
const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface PeopleListProps {
  readonly who: PeopleQuery['who'];
  readonly onSelect: (subject: string) => void;
}

/** The list, of which only those in sight are in the page. */
export function PeopleList({ who: firstWho, onSelect }: PeopleListProps) {
  const styles = useStyles();
  const { lastRun, attention } = useAppState();
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const [who, setWho] = useState(firstWho);
  const held = attention.find(({ about }) => about === 'people')?.message;
  const { people, loadMore, reload } = usePeople(settled, who, `${lastRun?.number} ${lastRun?.finishedAt} ${held}`);
  const { rows } = people;

  const scrollerRef = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- what it returns stays within this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollerRef.current,
    estimateSize: () => personRowHeight,
    getItemKey: (index) => rows[index]?.subject ?? index,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 1) loadMore();
  });

  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <Title2 as="h1" className={styles.title}>
          People
        </Title2>
        <SearchBox
          className={styles.search}
          aria-label="Search by name or e-mail"
          placeholder="Search by name or e-mail"
          maxLength={320}
          value={text}
          onChange={(_event, { value }) => setText(value)}
        />
        <Choice label="Who is listed" className={styles.who} options={typedEntries(whoNames)} value={who} onChoose={setWho} />
      </header>
      <RepairTags onRepaired={() => void reload()} />
      {people.error !== null && <ErrorMessage error={people.error} action={<Button onClick={() => void reload()}>Try again</Button>} />}
      <div className={styles.frame}>
        {rows.length === 0 && (
          <div className={styles.empty}>
            {people.loading ? (
              <Spinner aria-label="Loading" delay={300} />
            ) : isAddress.test(settled) && who === 'all' ? (
              <Strangers email={settled} onSelect={onSelect} />
            ) : (
              <Text>{settled === '' ? nobody[who] : `Nobody among them has “${settled}” in the name or the e-mail address.`}</Text>
            )}
          </div>
        )}
        <div ref={scrollerRef} className={styles.scroll} hidden={rows.length === 0}>
          <ul className={styles.list} aria-label="People" style={{ height: virtualizer.getTotalSize() }}>
            {items.map(({ index, key, start }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <li key={key} className={styles.row} style={{ transform: `translateY(${start}px)` }}>
                  <PersonListRow row={row} onSelect={() => onSelect(row.subject)} />
                </li>
              );
            })}
          </ul>
        </div>
      </div>
      <Text size={200} className={styles.footer}>
        {rows.length === 1 ? 'One person' : `${rows.length.toLocaleString('en')} people`}
        {people.next === null ? '' : ' so far, further ones are read when you scroll down'}
      </Text>
    </div>
  );
}
