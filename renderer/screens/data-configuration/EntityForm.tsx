import { makeStyles } from '@fluentui/react-components';
import { useMemo, useRef, useState } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { EntityConfiguration, LeadConfiguration } from '../../../shared/settings.ts';
import { useApi, useAppState } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { ChangeMeanings, meaningsId } from './ChangeMeanings.tsx';
import { CreateFromAutomations } from './CreateFromAutomations.tsx';
import { CriteriaEditor } from './CriteriaEditor.tsx';
import { checkCriteria, checkDraft, type DraftProblem } from './check-draft.ts';
import { draftOf, type EntityDraft, isChanged } from './draft.ts';
import { MappingTable } from './MappingTable.tsx';
import { NewRecords } from './NewRecords.tsx';
import { Participation } from './Participation.tsx';
import { type Obstacle, SaveBar } from './SaveBar.tsx';
import { useCriteriaPreview } from './use-criteria-preview.ts';

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '20px' } });

const noProblems: readonly DraftProblem[] = [];

interface EntityFormProps {
  readonly entity: Entity;
  readonly saved: EntityConfiguration | LeadConfiguration;
  /** What was changed, and nothing else: what changes elsewhere meanwhile is not put back. */
  readonly draft: Partial<EntityDraft>;
  readonly choices: FieldChoices;
  /** The same function each time. */
  readonly onChange: (change: Partial<EntityDraft>) => void;
  readonly onReset: () => void;
}

export function EntityForm({ entity, saved, draft, choices, onChange, onReset }: EntityFormProps) {
  const styles = useStyles();
  const api = useApi();
  const { settingsProblems } = useAppState();
  const save = useAction();
  const form = useRef<HTMLDivElement>(null);
  // What is unfinished is not told of while somebody is still at it.
  const [unfinishedShown, setUnfinishedShown] = useState(false);
  const shown = useMemo(() => ({ ...draftOf(saved), ...draft }), [saved, draft]);
  const check = useMemo(() => checkDraft(shown, choices), [shown, choices]);
  const problems = useMemo(
    () => (check.ok ? noProblems : orNone(check.problems.filter((one) => unfinishedShown || !one.unfinished))),
    [check, unfinishedShown],
  );
  const mappingProblems = useMemo(() => orNone(problems.filter(({ at }) => at === 'mapping')), [problems]);
  const configuration = check.ok ? check.configuration : null;
  const criteria = useMemo(() => checkCriteria(shown.criteria, choices), [shown, choices]);
  const preview = useCriteriaPreview(entity, criteria.ok ? criteria.criteria : null);
  const changed = isChanged(saved, draft);

  // Whatever is begun next is told of anew.
  if (check.ok && unfinishedShown) setUnfinishedShown(false);

  const submit = async (): Promise<void> => {
    if (configuration === null) return;
    if (await save.run(() => api.call.updateSettings({ dataConfiguration: { [entity]: configuration } }))) onReset();
  };
  const showProblem = () => {
    setUnfinishedShown(true);
    // What is marked appears with the next rendering.
    requestAnimationFrame(() => {
      const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
      first?.scrollIntoView({ block: 'center' });
      first?.focus();
    });
  };
  const showMeaning = () => {
    const meanings = document.getElementById(meaningsId);
    meanings?.scrollIntoView({ block: 'center' });
    meanings?.focus({ preventScroll: true });
  };

  return (
    <div ref={form} className={styles.form}>
      <Participation entity={entity} draft={shown} choices={choices} problems={problems} onChange={onChange} />
      <CriteriaEditor
        entity={entity}
        criteria={shown.criteria}
        choices={choices}
        problems={problems}
        finished={criteria.ok}
        preview={preview}
        onChange={(changedCriteria) => onChange({ criteria: changedCriteria })}
      />
      <MappingTable entity={entity} mappings={shown.mappings} choices={choices} problems={mappingProblems} onChange={onChange} />
      <NewRecords
        entity={entity}
        draft={shown}
        choices={choices}
        problem={problems.find(({ at }) => at === 'topic')?.message ?? null}
        onChange={onChange}
      />
      <CreateFromAutomations entity={entity} draft={shown} onChange={onChange} />
      <ChangeMeanings entity={entity} before={saved} after={configuration} changed={changed} preview={preview} choices={choices} />
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
      <SaveBar
        changed={changed}
        saving={save.state.kind === 'pending'}
        saved={save.state.kind === 'done'}
        obstacle={obstacleOf(check.ok ? 0 : check.problems.length, settingsProblems.length > 0)}
        onSave={() => void submit()}
        onDiscard={() => {
          setUnfinishedShown(false);
          save.reset();
          onReset();
        }}
        onShowProblem={showProblem}
        onShowMeaning={showMeaning}
      />
    </div>
  );
}

/** One value for "none", so that what depends on it is not drawn again. */
const orNone = (problems: readonly DraftProblem[]): readonly DraftProblem[] => (problems.length === 0 ? noProblems : problems);

function obstacleOf(problemCount: number, fileUnusable: boolean): Obstacle | null {
  if (problemCount > 0) return { kind: 'problems', count: problemCount };
  return fileUnusable ? { kind: 'file' } : null;
}
