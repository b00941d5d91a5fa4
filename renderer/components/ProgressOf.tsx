import { makeStyles, mergeClasses, ProgressBar } from '@fluentui/react-components';

const useStyles = makeStyles({
  bar: { '@media (prefers-reduced-motion: reduce)': { transitionDuration: '0.01ms' } },
  // Without motion it would stand there as if everything were done.
  endless: { '@media screen and (prefers-reduced-motion: reduce)': { maxWidth: '33%' } },
});

interface ProgressOfProps {
  /** For screen readers. */
  readonly label: string;
  readonly done: number;
  /** Null or 0 while it is not known. */
  readonly total: number | null;
  readonly thickness?: 'medium' | 'large';
  readonly className?: string;
}

/** How far something is that goes on; a bar without an end while that is not known. */
export function ProgressOf({ label, done, total, thickness = 'large', className }: ProgressOfProps) {
  const styles = useStyles();
  const known = total !== null && total > 0;
  return (
    <ProgressBar
      thickness={thickness}
      aria-label={label}
      bar={{ className: mergeClasses(styles.bar, !known && styles.endless) }}
      {...(className !== undefined && { className })}
      {...(known && { value: Math.min(1, done / total) })}
    />
  );
}
