import { makeStyles } from '@fluentui/react-components';
import type { Settings } from '../../../shared/settings.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';
import { NumberSetting } from './NumberSetting.tsx';

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(230px, 1fr))', gap: '16px 20px', alignItems: 'start' },
});

const limits = [
  ['maxUpdatesPercent', 'Changed', 'How many of the linked people one run may change.'],
  ['maxBlankedPercent', 'Emptied', 'How many values it may empty, for each hundred linked people.'],
  ['maxOptOutsPercent', 'Opted out', 'How many people it may take off e-mail.'],
  ['maxVanishedPercent', 'Gone', 'How many linked records may be missing on one side, or have lost their tags.'],
] as const satisfies readonly (readonly [keyof Settings['safety'], string, string])[];

/** The limits on what one run may do before a person has looked at it. */
export function SafetyLimits({ settings }: { readonly settings: Settings['safety'] }) {
  const styles = useStyles();
  const api = useApi();
  const save = useAction();
  const update = (change: Partial<Settings['safety']>) => void save.run(() => api.call.updateSettings({ safety: change }));
  return (
    <Section
      title="Safety limits"
      lead="A run that would do more than this is held before it writes anything, until you have looked at it. New people do not count."
    >
      <div className={styles.fields}>
        {limits.map(([key, label, hint]) => (
          <NumberSetting
            key={`${key} ${settings[key]}`}
            label={label}
            hint={hint}
            unit="%"
            value={settings[key]}
            min={0}
            max={100}
            onChange={(value) => update({ [key]: value })}
          />
        ))}
        <NumberSetting
          key={`minimumRecords ${settings.minimumRecords}`}
          label="Only from"
          hint="With fewer linked people than this, nothing is held: a few changes would be many per cent."
          unit="people"
          value={settings.minimumRecords}
          min={0}
          max={Number.MAX_SAFE_INTEGER}
          whole
          onChange={(minimumRecords) => update({ minimumRecords })}
        />
      </div>
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
    </Section>
  );
}
