import { makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { LogLine } from '../../../shared/log-line.ts';
import { LogRow, rowHeight } from './LogRow.tsx';
import type { LogView } from './log-store.ts';

const useStyles = makeStyles({
  scroll: {
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'auto',
    overflowAnchor: 'none',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  lines: { position: 'relative' },
  row: { position: 'absolute', top: 0, left: 0, right: 0, height: `${rowHeight}px` },
  empty: { flexGrow: 1, display: 'grid', placeItems: 'center', color: tokens.colorNeutralForeground3 },
  hidden: { display: 'none' },
});

/** Within this many pixels of an end, the list counts as being there. */
const nearEnd = 2 * rowHeight;

interface LogLinesProps {
  readonly id: string;
  readonly view: LogView;
  readonly labelledBy: string;
  /** Said where there is no line. */
  readonly nothing: string;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
  readonly selected: number | null;
  readonly onSelect: (id: number) => void;
  readonly onReachStart: () => void;
}

/** The lines, of which only those in sight are in the page. Scrolling up stops following, scrolling to the end takes it up again. */
export function LogLines({ id: listId, view, labelledBy, nothing, follow, onFollow, selected, onSelect, onReachStart }: LogLinesProps) {
  const styles = useStyles();
  const scrollerRef = useRef<HTMLDivElement>(null);
  const { lines } = view;
  // oxlint-disable-next-line react/incompatible-library -- what it returns stays within this component
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollerRef.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 12,
  });

  useKeepPlace(scrollerRef, lines, follow);

  const select = (index: number): void => {
    const line = lines[Math.max(0, Math.min(index, lines.length - 1))];
    if (line === undefined) return;
    onSelect(line.id);
    virtualizer.scrollToIndex(lines.indexOf(line));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const current = lines.findIndex(({ id }) => id === selected);
    const target = { ArrowDown: current + 1, ArrowUp: current === -1 ? lines.length - 1 : current - 1, Home: 0, End: lines.length - 1 };
    if (!isKeyOf(target, event.key)) return;
    event.preventDefault();
    select(target[event.key]);
  };

  const lastTop = useRef(0);
  const onScroll = ({ scrollTop, scrollHeight, clientHeight }: HTMLDivElement): void => {
    const up = scrollTop < lastTop.current;
    lastTop.current = scrollTop;
    const atEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    if (follow && up && !atEnd) onFollow(false);
    if (!follow && !up && atEnd && selected === null) onFollow(true);
    if (scrollTop < nearEnd && !follow) onReachStart();
  };

  return (
    <>
      {lines.length === 0 && (
        <div className={styles.empty}>{view.loading ? <Spinner aria-label="Loading" delay={300} /> : <Text>{nothing}</Text>}</div>
      )}
      <div
        ref={scrollerRef}
        id={listId}
        className={mergeClasses(styles.scroll, lines.length === 0 && styles.hidden)}
        role="listbox"
        tabIndex={0}
        aria-labelledby={labelledBy}
        aria-activedescendant={selected === null ? undefined : `line-${selected}`}
        onKeyDown={onKeyDown}
        onScroll={(event) => onScroll(event.currentTarget)}
      >
        <div className={styles.lines} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            if (line === undefined) return null;
            return (
              <div key={key} className={styles.row} style={{ transform: `translateY(${start}px)` }}>
                <LogRow
                  line={line}
                  selected={line.id === selected}
                  position={index + 1}
                  count={lines.length}
                  onSelect={() => onSelect(line.id)}
                />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

/** Stays at the end while following; otherwise the lines in sight stay where they are when older ones are put before them. */
function useKeepPlace(scrollerRef: { readonly current: HTMLDivElement | null }, lines: readonly LogLine[], follow: boolean): void {
  const firstId = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scrollerRef.current;
    if (element === null) return;
    const before = firstId.current;
    firstId.current = lines[0]?.id;
    if (follow) element.scrollTop = element.scrollHeight;
    else if (before !== undefined)
      element.scrollTop +=
        Math.max(
          0,
          lines.findIndex(({ id }) => id === before),
        ) * rowHeight;
  }, [scrollerRef, lines, follow]);
}

function isKeyOf<Key extends string>(record: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(record, key);
}
