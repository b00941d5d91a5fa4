import type { Entity } from '../../../shared/entity.ts';
import { useAppState } from '../../app/context.ts';
import { NewcomersAnswer } from '../../components/NewcomersAnswer.tsx';
import { Section } from '../../components/Section.tsx';

/** What is asked after a change of these settings; nothing while nobody waits. */
export function NewcomersQuestion({ entity }: { readonly entity: Entity }) {
  const question = useAppState().attention.find((one) => one.about === 'newcomers' && one.entity === entity);
  return question === undefined ? null : (
    <Section title={question.message} lead={question.advice}>
      <NewcomersAnswer entity={entity} />
    </Section>
  );
}
