import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import css from './Notice.module.css';

export type Tone = 'info' | 'success' | 'warning' | 'danger' | 'neutral';

const ICONS: Record<Tone, IconName> = {
  info: 'info',
  success: 'check',
  warning: 'warn',
  danger: 'stop',
  neutral: 'info',
};

/** A framed message. `live` says it aloud when it appears. */
export function Notice({
  tone = 'info',
  title,
  live,
  children,
}: {
  tone?: Tone;
  title?: string;
  live?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={`${css.notice} ${css[tone]}`} role={live ? 'status' : undefined}>
      <Icon name={ICONS[tone]} />
      <div className={css.body}>
        {title && <p className={css.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}

export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className={`${css.badge} ${css[tone]}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

const LEVELS = ['socle', 'avancé', 'pionnier'] as const;

/** The ambition as one to three bars, with its word. */
export function Level({ level }: { level: number }) {
  return (
    <span className={css.level}>
      <svg viewBox="0 0 20 16" aria-hidden="true" focusable="false">
        {[1, 2, 3].map((rung) => (
          <rect
            key={rung}
            x={(rung - 1) * 7}
            y={12 - rung * 4}
            width="5"
            height={rung * 4 + 4}
            rx="1"
            className={rung <= level ? css.on : css.off}
          />
        ))}
      </svg>
      Niveau {LEVELS[level - 1] ?? level}
    </span>
  );
}
