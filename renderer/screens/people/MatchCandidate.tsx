import { Badge, Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { MatchCandidate as Candidate, CandidateDetails } from '../../../shared/match.ts';
import { entityNames } from '../../components/names.ts';

const useStyles = makeStyles({
  candidate: {
    display: 'flex',
    alignItems: 'center',
    gap: '16px',
    padding: '12px 16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  chosen: { border: `1px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  words: { display: 'flex', flexDirection: 'column', gap: '4px', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  who: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
  facts: { display: 'flex', flexWrap: 'wrap', columnGap: '16px', margin: 0 },
  fact: { display: 'flex', gap: '6px' },
  label: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  // As high as the facts will be: what comes later moves nothing.
  loading: { minHeight: tokens.lineHeightBase300 },
  answer: { flexShrink: 0, whiteSpace: 'nowrap' },
});

interface MatchCandidateProps {
  readonly candidate: Candidate;
  /** Null while Dynamics is asked; undefined where it did not answer. */
  readonly details: CandidateDetails[number] | null | undefined;
  readonly answer: string;
  readonly chosen: boolean;
  readonly disabled: boolean;
  readonly onChoose: () => void;
}

/** One row of Dynamics that somebody could be, with what tells it from the others. */
export function MatchCandidate({ candidate, details, answer, chosen, disabled, onChoose }: MatchCandidateProps) {
  const styles = useStyles();
  const nameId = useId();
  const { entity, state, email, createdAt, modifiedAt, id } = candidate;
  const name = details?.name || candidate.name || (email ?? 'No name');
  return (
    <li className={mergeClasses(styles.candidate, chosen && styles.chosen)} aria-labelledby={nameId}>
      <div className={styles.words}>
        <div className={styles.who}>
          <Text id={nameId} weight="semibold">
            {name}
          </Text>
          <Badge appearance="outline" color="informative">
            {state === null ? entityNames[entity] : `${entityNames[entity]}, ${state.toLowerCase()}`}
          </Badge>
        </div>
        {details !== undefined && (details === null || details.facts.length > 0) && (
          <dl className={mergeClasses(styles.facts, styles.loading)}>
            {(details?.facts ?? []).map(({ label, value }) => (
              <div key={label} className={styles.fact}>
                <dt className={styles.label}>{label}</dt>
                <dd className={styles.value}>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <Text size={200} className={styles.quiet}>
          {datesInWords(createdAt, modifiedAt)}
          {id}
        </Text>
      </div>
      {chosen ? (
        <Badge appearance="filled" size="large" className={styles.answer}>
          Your answer
        </Badge>
      ) : (
        <Button className={styles.answer} disabled={disabled} aria-describedby={nameId} onClick={onChoose}>
          {answer}
        </Button>
      )}
    </li>
  );
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

function datesInWords(createdAt: number | null, modifiedAt: number | null): string {
  const parts = [
    ...(createdAt === null ? [] : [`Created on ${day.format(createdAt)}`]),
    ...(modifiedAt === null ? [] : [`changed on ${day.format(modifiedAt)}`]),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')} · `;
}
