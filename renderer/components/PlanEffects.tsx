import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { PlanEffect } from '../../shared/planned.ts';
import { planEffectNames } from './names.ts';
import { Section } from './Section.tsx';
import { typedEntries } from './typed-entries.ts';

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))', gap: '16px 20px', margin: 0 },
  effect: { display: 'flex', flexDirection: 'column-reverse', justifyContent: 'flex-end' },
  count: { margin: 0, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontVariantNumeric: 'tabular-nums' },
  what: { color: tokens.colorNeutralForeground2 },
});

interface PlanEffectsProps {
  readonly effects: Readonly<Record<PlanEffect, number>>;
  /** People and fields that would not sync; null where that is told elsewhere. */
  readonly held?: number;
  /** Said where the plan does nothing. */
  readonly nothing: string;
  /** What follows from it. */
  readonly children?: ReactNode;
}

/** How many people and rows a plan touches; what it does not do is left out. */
export function PlanEffects({ effects, held = 0, nothing, children }: PlanEffectsProps) {
  const styles = useStyles();
  const told = [
    ...typedEntries(planEffectNames).map(([effect, what]) => [what, effects[effect]] as const),
    ['would not sync', held] as const,
  ].filter(([, count]) => count > 0);
  return (
    <Section title="What it would do">
      {told.length === 0 ? (
        <Text className={styles.what}>{nothing}</Text>
      ) : (
        <dl className={styles.list}>
          {told.map(([what, count]) => (
            <div key={what} className={styles.effect}>
              <dt className={styles.what}>{what}</dt>
              <dd className={styles.count}>{count.toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </Section>
  );
}
