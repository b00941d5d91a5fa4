import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { LightbulbRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { SuggestedMapping } from './suggest-mappings.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '8px' },
  list: { listStyle: 'none', margin: 0, padding: 0, maxHeight: '50vh', overflowY: 'auto' },
  oneWay: { color: tokens.colorNeutralForeground3 },
});

interface SuggestedMappingsProps {
  readonly suggestions: readonly SuggestedMapping[];
  readonly onAdd: (chosen: readonly SuggestedMapping[]) => void;
}

/** Fields of the same name on both sides, to be ticked; none is mapped by itself. */
export function SuggestedMappings({ suggestions, onAdd }: SuggestedMappingsProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = suggestions.filter(({ field }) => ticked.has(field.name));
  const tick = (name: string, on: boolean) =>
    setTicked((before) => new Set(on ? [...before, name] : [...before].filter((other) => other !== name)));
  return (
    <Dialog
      open={open}
      onOpenChange={(_event, data) => {
        setTicked(new Set());
        setOpen(data.open);
      }}
    >
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<LightbulbRegular />} disabledFocusable={suggestions.length === 0}>
          {suggestions.length === 0 ? 'No suggestions' : suggestions.length === 1 ? 'One suggestion' : `${suggestions.length} suggestions`}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Suggested mappings</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>These are called alike on both sides, and their types fit. Tick those that mean the same.</Text>
            <ul className={styles.list} aria-label="Suggestions">
              {suggestions.map(({ column, field, direction }) => (
                <li key={field.name}>
                  <Checkbox
                    checked={ticked.has(field.name)}
                    onChange={(_event, { checked }) => tick(field.name, checked === true)}
                    label={
                      <>
                        {column.label} in Dynamics, {field.label} in ActiveCampaign
                        {direction === 'toActiveCampaign' && <Text className={styles.oneWay}> (only to ActiveCampaign)</Text>}
                      </>
                    }
                  />
                </li>
              ))}
            </ul>
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              disabledFocusable={chosen.length === 0}
              onClick={() => {
                setOpen(false);
                setTicked(new Set());
                onAdd(chosen);
              }}
            >
              {addWords(chosen.length)}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function addWords(count: number): string {
  if (count === 0) return 'Add';
  return count === 1 ? 'Add one field' : `Add ${count} fields`;
}
