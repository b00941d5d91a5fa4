import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import type { LogExport, LogFilter } from '../../../shared/log-line.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';

const useStyles = makeStyles({
  outcome: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorPaletteRedForeground1 },
});

/** Saves every line that the filter lets through, also those that are not read yet. */
export function ExportLog({ filter }: { readonly filter: LogFilter }) {
  const styles = useStyles();
  const api = useApi();
  const save = useAction<string | null>();
  const saveAs = (format: LogExport['format']) => void save.run(() => api.call.exportLog({ filter, format }));
  return (
    <>
      <Text role="status" size={200} className={styles.outcome}>
        {save.state.kind === 'done' && save.state.value !== null && `Saved as ${save.state.value}`}
        {save.state.kind === 'failed' && (
          <span className={styles.failed}>
            {save.state.error.message} {save.state.error.advice}
          </span>
        )}
      </Text>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />} disabledFocusable={save.state.kind === 'pending'}>
            Export
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => saveAs('csv')}>For a spreadsheet (CSV)</MenuItem>
            <MenuItem onClick={() => saveAs('json')}>For a program (JSON)</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
}
