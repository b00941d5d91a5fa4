import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ChangeCounts } from '../../../shared/change-counts.ts';
import type { CriteriaPreview } from '../../../shared/criteria-preview.ts';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { EntityConfiguration, LeadConfiguration } from '../../../shared/settings.ts';
import { useApi, useAppState } from '../../app/context.ts';
import { type SettledAnswer, useSettledAnswer } from '../../app/use-settled-answer.ts';
import { Section } from '../../components/Section.tsx';
import { meaningsOf } from './change-meaning.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  title: { fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  // Room for what most changes mean, so that the first one moves nothing.
  body: { minHeight: '64px' },
});

export const meaningsId = 'what-the-changes-mean';

interface ChangeMeaningsProps {
  readonly entity: Entity;
  readonly before: EntityConfiguration | LeadConfiguration;
  /** Null while the draft is unfinished. */
  readonly after: EntityConfiguration | LeadConfiguration | null;
  readonly changed: boolean;
  /** Who meets the criteria of the draft. */
  readonly preview: SettledAnswer<CriteriaPreview>;
  readonly choices: FieldChoices;
}

/** What saving will lead to, before it is saved. */
export function ChangeMeanings({ entity, before, after, changed, preview, choices }: ChangeMeaningsProps) {
  const styles = useStyles();
  const { call } = useApi();
  const { settings, initialSync } = useAppState();
  const criteria = after === null || JSON.stringify(before.criteria) === JSON.stringify(after.criteria) ? null : after.criteria;
  const counted = useSettledAnswer(changed && after !== null ? { entity, criteria } : null, call.getChangeCounts);
  const counts: ChangeCounts | null = counted.current ? counted.value : null;
  const meeting = preview.current && preview.value?.kind === 'counted' ? preview.value : null;
  const meanings =
    after === null
      ? []
      : meaningsOf({
          entity,
          before,
          after,
          counts,
          meeting,
          choices,
          globalSync: settings.syncSettings.globalSync,
          initialSyncFinished: initialSync.state === 'finished',
        });
  return (
    <Section title="What your changes mean at the next sync">
      <div id={meaningsId} className={styles.body} tabIndex={-1}>
        {meanings.length === 0 ? (
          <Text className={styles.text}>{wordsWithout(changed, after !== null)}</Text>
        ) : (
          <dl className={styles.list}>
            {meanings.map(({ title, text }) => (
              <div key={title}>
                <dt className={styles.title}>{title}</dt>
                <dd className={styles.text}>{text}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </Section>
  );
}

function wordsWithout(changed: boolean, finished: boolean): string {
  if (!changed) return 'Nothing is changed. Whatever you change, its consequences are told here before you save.';
  return finished ? 'These changes mean nothing for anybody.' : 'It is told here once what is unfinished above is finished.';
}
