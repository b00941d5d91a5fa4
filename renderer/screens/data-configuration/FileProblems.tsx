import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Entity } from '../../../shared/entity.ts';
import { useAppState } from '../../app/context.ts';

const useStyles = makeStyles({
  problems: { margin: 0, padding: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: '2px' },
  problem: { color: tokens.colorPaletteRedForeground1 },
});

export type FilePart = 'criteria' | 'mappings' | 'newRecords' | 'participation';

const newRecordKeys = ['missingLastName', 'topicTemplate'];

function partOf(key: string): FilePart {
  if (key === 'criteria' || key === 'mappings') return key;
  return newRecordKeys.includes(key) ? 'newRecords' : 'participation';
}

/** What of `config.json`, as it lies on the disk, cannot be used in this part of the screen. */
export function FileProblems({ entity, part }: { readonly entity: Entity; readonly part: FilePart }) {
  const styles = useStyles();
  const { settingsProblems } = useAppState();
  const prefix = `dataConfiguration.${entity}`;
  const own = settingsProblems.filter(({ path }) => {
    const [key = ''] = path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1).split(/[.[]/) : [];
    return path === prefix ? part === 'participation' : key !== '' && partOf(key) === part;
  });
  if (own.length === 0) return null;
  return (
    <ul className={styles.problems} aria-label="In the settings file">
      {own.map(({ path, message }) => (
        <li key={path + message}>
          <Text size={200} className={styles.problem}>
            In config.json: {message}
          </Text>
        </li>
      ))}
    </ul>
  );
}
