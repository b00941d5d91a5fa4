import { Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import type { Settings } from '../../../shared/settings.ts';
import { momentInWords, nextRunSentence } from '../../../shared/status.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { useNow } from '../../app/use-now.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { frequencyNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';
import { typedEntries } from '../../components/typed-entries.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', gap: '16px', alignItems: 'flex-start' },
  frequency: { width: '220px' },
  time: { width: '140px' },
  next: { display: 'flex', flexDirection: 'column', gap: '2px', paddingTop: '4px' },
  list: { margin: 0, padding: 0, listStyle: 'none', color: tokens.colorNeutralForeground2, lineHeight: tokens.lineHeightBase300 },
  later: { color: tokens.colorNeutralForeground2 },
});

export function JobSchedule({ state }: { readonly state: AppState }) {
  const styles = useStyles();
  const api = useApi();
  const now = useNow(15_000);
  const save = useAction();
  const { syncSettings } = state.settings;
  const update = (change: Partial<Settings['syncSettings']>) => void save.run(() => api.call.updateSettings({ syncSettings: change }));
  const later = state.schedule.nextRunsAt.slice(1);

  return (
    <Section title="Job Schedule" lead="Leads and contacts travel when the next scheduled sync runs; a sync cannot be forced.">
      <div className={styles.fields}>
        <Field label="Job Frequency" className={styles.frequency}>
          <Choice
            options={typedEntries(frequencyNames)}
            value={syncSettings.jobFrequency}
            onChoose={(jobFrequency) => update({ jobFrequency })}
          />
        </Field>
        {syncSettings.jobFrequency === 'daily' && (
          <TimeOfDay key={syncSettings.dailyAt} value={syncSettings.dailyAt} onChange={(dailyAt) => update({ dailyAt })} />
        )}
      </div>
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
      <div className={styles.next}>
        <Text weight="semibold">{nextRunSentence(state, now) || 'No sync is scheduled.'}</Text>
        {later.length > 0 && (
          <ol className={styles.list} aria-label="Syncs after that">
            {later.map((time) => (
              <li key={time}>Then {momentInWords(time, now)}</li>
            ))}
          </ol>
        )}
        {state.lastRun !== null && (
          <Text className={styles.later}>
            Last sync {momentInWords(state.lastRun.finishedAt, now)}: {state.lastRun.summary}
          </Text>
        )}
      </div>
    </Section>
  );
}

/** Saved when the field is left with a whole time in it. */
function TimeOfDay({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const styles = useStyles();
  const [text, setText] = useState(value);
  return (
    <Field label="Time of day" className={styles.time}>
      <Input
        type="time"
        value={text}
        onChange={(_event, data) => setText(data.value)}
        onBlur={() => {
          if (text === '') setText(value);
          else if (text !== value) onChange(text);
        }}
      />
    </Field>
  );
}
