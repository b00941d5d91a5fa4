import { makeStyles, mergeClasses, shorthands, Text, tokens } from '@fluentui/react-components';
import { FlashRegular, TagRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import { tagNames } from '../../../shared/tags.ts';
import { CopyButton } from '../../components/CopyButton.tsx';

const useStyles = makeStyles({
  steps: {
    listStyle: 'none',
    margin: 0,
    padding: '20px',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    // The dots of the automation builder.
    backgroundImage: `radial-gradient(${tokens.colorNeutralStroke2} 1px, transparent 1px)`,
    backgroundSize: '14px 14px',
  },
  item: { display: 'flex', flexDirection: 'column', alignItems: 'center', width: '100%' },
  line: { width: '2px', height: '18px', backgroundColor: tokens.colorNeutralStroke1 },
  step: {
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    width: '100%',
    maxWidth: '400px',
    minHeight: '52px',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  trigger: { ...shorthands.borderStyle('dashed') },
  icon: { display: 'flex', fontSize: '20px', color: tokens.colorBrandForeground1 },
  quietIcon: { color: tokens.colorNeutralForeground3 },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  tag: { userSelect: 'text' },
});

/** How the two steps look in ActiveCampaign's automation builder. */
export function TagSteps({ entity }: { readonly entity: Entity }) {
  const styles = useStyles();
  return (
    <ol className={styles.steps} aria-label="Steps of the automation">
      <li className={styles.item}>
        <div className={mergeClasses(styles.step, styles.trigger)}>
          <span className={mergeClasses(styles.icon, styles.quietIcon)}>
            <FlashRegular aria-hidden="true" />
          </span>
          <div className={styles.words}>
            <Text weight="semibold">However the automation begins</Text>
            <Text size={200} className={styles.quiet}>
              A form is submitted, a page is visited …
            </Text>
          </div>
        </div>
      </li>
      {[tagNames[entity], tagNames.pulled].map((tag) => (
        <Step key={tag} action={<CopyButton text={tag} label={`Copy “${tag}”`} />}>
          <Text size={200} className={styles.quiet}>
            Add a tag
          </Text>
          <Text weight="semibold" className={styles.tag}>
            {tag}
          </Text>
        </Step>
      ))}
    </ol>
  );
}

function Step({ action, children }: { readonly action: ReactNode; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <li className={styles.item}>
      <span className={styles.line} aria-hidden="true" />
      <div className={styles.step}>
        <span className={styles.icon}>
          <TagRegular aria-hidden="true" />
        </span>
        <div className={styles.words}>{children}</div>
        {action}
      </div>
    </li>
  );
}
