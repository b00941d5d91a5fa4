import { makeStyles, tokens } from '@fluentui/react-components';
import type { SettingsProblem } from '../../shared/app-state.ts';

const useStyles = makeStyles({
  list: { margin: '4px 0 0', paddingLeft: '20px', overflowWrap: 'anywhere' },
  path: { fontFamily: tokens.fontFamilyMonospace },
});

/** What is wrong with settings, each with the key that it is about. */
export function SettingsProblems({ problems }: { readonly problems: readonly SettingsProblem[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {problems.map(({ path, message }) => (
        <li key={path + message}>
          {/* Most messages name the key themselves. */}
          {!message.includes(path) && (
            <>
              <span className={styles.path}>{path}</span>:{' '}
            </>
          )}
          {message}
        </li>
      ))}
    </ul>
  );
}
