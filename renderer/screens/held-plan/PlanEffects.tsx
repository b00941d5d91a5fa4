import { makeStyles, tokens } from '@fluentui/react-components';
import type { HeldPlanView, PlanEffect } from '../../../shared/held-plan.ts';
import { Section } from '../../components/Section.tsx';
import { typedEntries } from '../../components/typed-entries.ts';

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))', gap: '16px 20px', margin: 0 },
  effect: { display: 'flex', flexDirection: 'column-reverse', justifyContent: 'flex-end' },
  count: { margin: 0, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontVariantNumeric: 'tabular-nums' },
  what: { color: tokens.colorNeutralForeground2 },
});

const effectNames = {
  createdInActiveCampaign: 'created in ActiveCampaign',
  createdInDynamics: 'created in Dynamics',
  updatedInActiveCampaign: 'changed in ActiveCampaign',
  updatedInDynamics: 'changed in Dynamics',
  emptied: 'values emptied',
  optedOut: 'opted out of e-mail',
  unlinked: 'no longer in sync',
} as const satisfies Record<PlanEffect, string>;

/** How many people and rows the plan touches; what it does not do is left out. */
export function PlanEffects({ effects }: { readonly effects: HeldPlanView['effects'] }) {
  const styles = useStyles();
  const told = typedEntries(effectNames).filter(([effect]) => effects[effect] > 0);
  return (
    <Section title="What it would do">
      <dl className={styles.list}>
        {told.map(([effect, what]) => (
          <div key={effect} className={styles.effect}>
            <dt className={styles.what}>{what}</dt>
            <dd className={styles.count}>{effects[effect].toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
