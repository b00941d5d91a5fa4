import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Preview } from '../../../shared/preview.ts';
import type { Settings } from '../../../shared/settings.ts';
import { momentInWords, roundedDuration } from '../../../shared/status.ts';
import { useNow } from '../../app/use-now.ts';
import { PlanEffects } from '../../components/PlanEffects.tsx';

const useStyles = makeStyles({
  follows: { margin: 0, paddingLeft: '20px', color: tokens.colorNeutralForeground2, display: 'flex', flexDirection: 'column', gap: '4px' },
  foot: { display: 'flex', alignItems: 'center', gap: '12px' },
  made: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
  held: { paddingBlock: '6px' },
});

interface PreviewSummaryProps {
  readonly preview: Preview;
  readonly settings: Settings;
  readonly onAgain: () => void;
}

/** What the run would do in numbers, what follows from it, and whether a limit would hold it. */
export function PreviewSummary({ preview, settings, onAgain }: PreviewSummaryProps) {
  const styles = useStyles();
  const now = useNow(60_000);
  const follows = followsOf(preview, settings);
  return (
    <>
      {preview.wouldBeHeld !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody className={styles.held}>
            <MessageBarTitle>This run would be held.</MessageBarTitle> {preview.wouldBeHeld}. Nothing is written before you have looked at
            it and let it go. The limits are under Sync Settings.
          </MessageBarBody>
        </MessageBar>
      )}
      <PlanEffects effects={preview.effects} held={preview.held} nothing="Nothing: both sides agree.">
        {follows.length > 0 && (
          <ul className={styles.follows} aria-label="What follows">
            {follows.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <div className={styles.foot}>
          <Text size={200} className={styles.made}>
            Read {momentInWords(preview.madeAt, now)}
          </Text>
          <Button onClick={onAgain}>Look again</Button>
        </div>
      </PlanEffects>
    </>
  );
}

/** From this many on, people are imported many at a time, which automations may be kept out of. */
const importFrom = 10;

function followsOf({ kind, effects, lists, tagged, durationMs, held }: Preview, { syncSettings }: Settings): string[] {
  const writes = Object.values(effects).some((count) => count > 0);
  const quiet = !syncSettings.importsStartAutomations && tagged >= importFrom;
  return [
    ...lists.map(({ name, people }) => `${peopleWords(people)} ${people === 1 ? 'joins' : 'join'} the list “${name}”.`),
    ...(tagged === 0
      ? []
      : [
          quiet
            ? `${peopleWords(tagged)} get the D365 tags. They come in quietly: imports start no automations.`
            : `${peopleWords(tagged)} get${tagged === 1 ? 's' : ''} the D365 tags. Automations in ActiveCampaign that begin with a tag or a list may start for them.`,
        ]),
    ...(syncSettings.globalSync ? [] : ['Global Sync is off: nothing goes from Dynamics to ActiveCampaign.']),
    ...(held === 0 ? [] : ['Who would not sync is listed under People after the run, each with the reason and what to do.']),
    ...(writes
      ? [
          `The ${kind === 'initial' ? 'Initial Sync' : 'run'} takes ${durationMs < 60_000 ? 'less than a minute' : `about ${roundedDuration(durationMs)}`}.`,
        ]
      : []),
  ];
}

const peopleWords = (count: number): string => (count === 1 ? 'One person' : `${count.toLocaleString('en')} people`);
