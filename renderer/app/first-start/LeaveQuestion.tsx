import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { type Screen, screenTitles } from '../../../shared/screens.ts';

interface LeaveQuestionProps {
  readonly screen: Screen;
  readonly onAnswer: (leave: boolean) => void;
}

/** Asked before a screen is left on the way with changes that are not saved: the first run would not know of them. */
export function LeaveQuestion({ screen, onAnswer }: LeaveQuestionProps) {
  return (
    <Dialog open onOpenChange={() => onAnswer(false)} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Go on without saving?</DialogTitle>
          <DialogContent>
            What you changed under {screenTitles[screen]} counts once you save it. It stays there as you left it until you quit Leadferry.
          </DialogContent>
          <DialogActions>
            <Button onClick={() => onAnswer(true)}>Go on</Button>
            <Button appearance="primary" onClick={() => onAnswer(false)}>
              Stay here
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
