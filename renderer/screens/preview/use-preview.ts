import { useCallback, useEffect, useRef } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import type { Preview } from '../../../shared/preview.ts';
import { useApi } from '../../app/context.ts';
import { type Action, useAction } from '../../app/use-action.ts';

/** Makes the preview when it is first looked at, and again when it is looked at after a run or a change of the settings. */
export function usePreview({ run, lastRun, settings }: AppState): {
  readonly answer: Action<Preview | null>['state'];
  readonly make: () => void;
  readonly end: () => void;
} {
  const api = useApi();
  const { state: answer, run: act } = useAction<Preview | null>();
  const made = useRef<string | null>(null);
  const version = `${lastRun?.number} ${lastRun?.finishedAt} ${JSON.stringify(settings)}`;
  const make = useCallback(() => {
    made.current = version;
    void act(api.call.previewNextRun);
  }, [api, act, version]);
  const running = run !== null;

  useEffect(() => {
    if (!running && made.current !== version) make();
  }, [running, version, make]);
  return { answer: answer.kind === 'ready' ? { kind: 'pending' } : answer, make, end: () => void api.call.endPreview() };
}
