import { createLink, type LinkComponent } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, Ref } from 'react';
import css from './Button.module.css';

export type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Common {
  look?: Look | undefined;
  small?: boolean | undefined;
  /** Completes the visible label for those who hear the page: « Retirer » + « Part minimale de mobilier… ». */
  about?: string | undefined;
}

function classes({ look = 'secondary', small }: Common, extra?: string): string {
  return [css.button, css[look], small ? css.small : '', extra ?? ''].filter(Boolean).join(' ');
}

type ButtonProps = Common &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    busy?: boolean;
    /** Cannot be pressed now, yet keeps the focus that it may have. */
    off?: boolean;
    pressed?: boolean;
    ref?: Ref<HTMLButtonElement>;
  };

/** A `busy` button keeps its focus and refuses a second press. */
export function Button({
  look,
  small,
  about,
  busy,
  off,
  pressed,
  children,
  onClick,
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes({ look, small }, className)}
      aria-disabled={busy || off || undefined}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      onClick={(event) => {
        if (busy || off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
      {about && <span className="hidden"> {about}</span>}
    </button>
  );
}

type AnchorProps = Common & AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

function Anchor({ look, small, about, children, className, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={classes({ look, small }, className)}>
      {children}
      {about && <span className="hidden"> {about}</span>}
    </a>
  );
}

const Created = createLink(Anchor);

/** A link of the router that looks like a button: it goes somewhere. */
export const ButtonLink: LinkComponent<typeof Anchor> = (props) => <Created {...props} />;
