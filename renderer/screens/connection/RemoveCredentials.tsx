import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { IpcResult } from '../../../shared/ipc.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';

const useStyles = makeStyles({ list: { margin: '12px 0 0', paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '6px' } });

interface RemoveCredentialsProps {
  /** What the button says: "Remove the key". */
  readonly action: string;
  /** The question: "Remove the API key?" */
  readonly title: string;
  /** What goes, and what stops with it. */
  readonly what: string;
  readonly onRemove: () => Promise<IpcResult<void>>;
}

/** Says what becomes of the links before what opens an account is removed. */
export function RemoveCredentials({ action, title, what, onRemove }: RemoveCredentialsProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const remove = useAction();
  const pending = remove.state.kind === 'pending';
  return (
    <Dialog open={open} onOpenChange={(_event, data) => setOpen(data.open)} modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="subtle">{action}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {what}
            <ul className={styles.list}>
              <li>Nobody is unlinked and nothing is deleted, on either side or here.</li>
              <li>Connect the same account again, and syncing goes on where it stopped.</li>
              <li>
                Another ActiveCampaign account or Dynamics organisation under the same settings is refused as the “wrong system” before
                anything is written.
              </li>
            </ul>
            {remove.state.kind === 'failed' && <ErrorMessage error={remove.state.error} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Keep it</Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              disabledFocusable={pending}
              onClick={() => void remove.run(onRemove).then((removed) => removed && setOpen(false))}
            >
              {action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
