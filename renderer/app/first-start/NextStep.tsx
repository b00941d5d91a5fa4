import { Button, makeStyles, useRestoreFocusTarget } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import type { Screen } from '../../../shared/screens.ts';
import { useIsUnsaved } from '../context.ts';

const LeaveQuestion = lazy(async () => ({ default: (await import('./LeaveQuestion.tsx')).LeaveQuestion }));

const useStyles = makeStyles({ way: { minWidth: '64px' } });

interface NextStepProps {
  readonly here: Screen;
  readonly disabled: boolean;
  readonly onNext: () => void;
}

/** Goes on, and asks before what is not saved is left behind. */
export function NextStep({ here, disabled, onNext }: NextStepProps) {
  const styles = useStyles();
  const unsaved = useIsUnsaved(here);
  const [asking, setAsking] = useState(false);
  const restoreFocusTarget = useRestoreFocusTarget();
  return (
    <>
      <Button
        {...restoreFocusTarget}
        className={styles.way}
        appearance="primary"
        disabledFocusable={disabled}
        onClick={() => (unsaved ? setAsking(true) : onNext())}
      >
        Next
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <LeaveQuestion
            screen={here}
            onAnswer={(leave) => {
              setAsking(false);
              if (leave) onNext();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
