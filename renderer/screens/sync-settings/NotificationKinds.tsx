import { Checkbox, makeStyles } from '@fluentui/react-components';
import type { NotificationKind } from '../../../shared/settings.ts';

const useStyles = makeStyles({
  kinds: { display: 'flex', flexDirection: 'column', border: 'none', margin: 0, padding: 0, marginLeft: '48px', minInlineSize: 'auto' },
});

const labels: Readonly<Record<NotificationKind, string>> = {
  attention: 'What needs you: a run failed, or more people do not sync',
  heldRun: 'A run that a safety limit holds',
  signIn: 'A sign-in, key or secret that is not accepted any more',
  backToNormal: 'All is well again',
};
const kinds = Object.keys(labels) as readonly NotificationKind[];

export interface NotificationKindsProps {
  readonly wanted: Readonly<Record<NotificationKind, boolean>>;
  readonly disabled: boolean;
  readonly onChange: (kind: NotificationKind, on: boolean) => void;
}

/** What notifications are shown about. */
export function NotificationKinds({ wanted, disabled, onChange }: NotificationKindsProps) {
  const styles = useStyles();
  return (
    <fieldset className={styles.kinds} aria-label="Notifications" disabled={disabled}>
      {kinds.map((kind) => (
        <Checkbox
          key={kind}
          label={labels[kind]}
          checked={wanted[kind]}
          disabled={disabled}
          onChange={(_event, { checked }) => onChange(kind, checked === true)}
        />
      ))}
    </fieldset>
  );
}
