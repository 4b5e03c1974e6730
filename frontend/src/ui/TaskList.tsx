import type { ReactNode } from 'react';
import { Badge } from './Notice';
import css from './TaskList.module.css';

export interface TaskRow {
  id: string;
  /** A link when the task can be taken up, else words. */
  title: ReactNode;
  what: string;
  state: string;
  tone: 'done' | 'todo' | 'off';
}

/** A task list in the manner of GOV.UK: « done » is plain words, what is left to do stands out. */
export function TaskList({ label, tasks }: { label: string; tasks: TaskRow[] }) {
  return (
    <ol className={css.list} aria-label={label}>
      {tasks.map((task) => (
        <li key={task.id} className={css.task}>
          <div className={css.text}>
            <p className="strong">{task.title}</p>
            <p className="small soft">{task.what}</p>
          </div>
          {task.tone === 'todo' ? (
            <Badge tone="info">{task.state}</Badge>
          ) : (
            <span className={task.tone === 'off' ? 'soft small' : 'small'}>{task.state}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
