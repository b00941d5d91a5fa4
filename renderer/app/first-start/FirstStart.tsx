import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkFilled } from '@fluentui/react-icons';
import { useState } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import { type Screen, screenTitles } from '../../../shared/screens.ts';
import { useAppState, useOpenScreen } from '../context.ts';
import { NextStep } from './NextStep.tsx';

/** The way from an empty data directory to the first run: the screens that are there anyway, in an order. */
const steps = ['connection', 'dataConfiguration', 'syncSettings', 'preview'] as const satisfies readonly Screen[];
type Step = (typeof steps)[number];

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '12px',
    flexShrink: 0,
    padding: '10px 16px 10px 24px',
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
    zIndex: 1,
  },
  steps: { display: 'flex', flexWrap: 'wrap', gap: '4px 10px', listStyle: 'none', margin: 0, padding: 0, minWidth: 0 },
  step: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
  },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  number: {
    display: 'grid',
    placeItems: 'center',
    width: '22px',
    height: '22px',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    boxSizing: 'border-box',
    fontVariantNumeric: 'tabular-nums',
  },
  currentNumber: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    border: 'none',
  },
  doneNumber: { color: tokens.colorPaletteGreenForeground1 },
  ways: { display: 'flex', gap: '8px', flexShrink: 0 },
  way: { minWidth: '64px' },
});

/** Whether the way is still to be gone: runs do not begin by themselves before its end. */
export const isFirstStart = ({ mode, started }: AppState): boolean => mode === 'real' && !started;

/** Where it goes on for who has left it. */
export const firstStartStep = ({ connected }: AppState): Step => (connected ? 'dataConfiguration' : 'connection');

/** Where somebody is on the way of the first start, with the next step. It can be left at any time; the status card leads back. */
export function FirstStart({ current }: { readonly current: Screen }) {
  const styles = useStyles();
  const state = useAppState();
  const open = useOpenScreen();
  const [passed, setPassed] = useState<ReadonlySet<Step>>(new Set());
  const here = steps.find((step) => step === current);
  if (!isFirstStart(state) || here === undefined) return null;
  const before = steps[steps.indexOf(here) - 1];
  const next = steps[steps.indexOf(here) + 1];
  const done = (step: Step) => (step === 'connection' ? state.connected : passed.has(step));

  return (
    <section className={styles.bar} aria-label="First start">
      <ol className={styles.steps}>
        {steps.map((step, position) => (
          <li
            key={step}
            className={mergeClasses(styles.step, step === here && styles.current)}
            aria-current={step === here ? 'step' : undefined}
          >
            <span
              className={mergeClasses(styles.number, step === here ? styles.currentNumber : done(step) ? styles.doneNumber : undefined)}
            >
              {step !== here && done(step) ? <CheckmarkFilled aria-label="Done" /> : position + 1}
            </span>
            {screenTitles[step]}
          </li>
        ))}
      </ol>
      <div className={styles.ways}>
        {before !== undefined && (
          <Button className={styles.way} onClick={() => open(before)}>
            Back
          </Button>
        )}
        {next !== undefined && (
          <NextStep
            here={here}
            disabled={!state.connected}
            onNext={() => {
              setPassed((earlier) => new Set([...earlier, here]));
              open(next);
            }}
          />
        )}
      </div>
    </section>
  );
}
