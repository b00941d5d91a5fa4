import type { SettingsProblem } from '../../shared/app-state.ts';
import { connectionLabels } from '../../shared/connection-labels.ts';
import type { Settings } from '../../shared/settings.ts';
import { ApplicationError } from '../application-port.ts';
import { SettingsRefusedError, type SettingsService } from '../settings/settings-service.ts';

/** @throws ApplicationError `settings-refused`; nothing was written then. */
export function changeSettings(settings: SettingsService, change: (before: Settings) => Settings): void {
  toldPlainly(() => settings.update(change));
}

/** @throws ApplicationError `settings-refused` where `changeSettings` would. Writes nothing. */
export function checkSettings(settings: SettingsService, change: (before: Settings) => Settings): void {
  toldPlainly(() => settings.check(change));
}

function toldPlainly(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SettingsRefusedError)) throw error;
    const problem =
      error.where === 'file'
        ? {
            message: 'config.json cannot be used as it lies on the disk, so nothing is written over it.',
            advice: 'Correct the keys that are named, then try again.',
          }
        : { message: 'These settings cannot be used. Nothing was changed.', advice: 'Correct what is named and save again.' };
    const problems = error.where === 'file' ? error.problems : error.problems.map(asOnScreen);
    throw new ApplicationError('settings-refused', problem, problems, { cause: error });
  }
}

/** Who has typed a value knows it by the label of its field. */
function asOnScreen({ path, message }: SettingsProblem): SettingsProblem {
  const label = Object.entries(connectionLabels).find(([key]) => key === path)?.[1];
  return label === undefined ? { path, message } : { path: label, message: message.replaceAll(`"${path}"`, `“${label}”`) };
}
