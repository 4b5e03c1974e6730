import css from './Progress.module.css';

/** How far a long work is; without a total, that it goes on. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  return (
    <div className={css.progress}>
      <label htmlFor="avancement">{label}</label>
      <progress id="avancement" value={total ? done : undefined} max={total || undefined} />
    </div>
  );
}
