import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './Button';
import css from './Dialog.module.css';

/** The browser's own modal: it keeps the focus inside, closes with Escape, gives the focus back. */
export function Dialog({
  open,
  onClose,
  title,
  side,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  /** A full-height drawer instead of a box. */
  side?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={side ? `${css.dialog} ${css.side}` : css.dialog}
      aria-labelledby={heading}
      onClose={onClose}
    >
      {open && (
        <div className={css.body}>
          <div className={css.head}>
            <h2 id={heading}>{title}</h2>
            <Button look="quiet" small onClick={onClose}>
              Fermer
            </Button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}

/** Asks before what cannot be undone. */
export function Confirm({
  open,
  title,
  children,
  action,
  onConfirm,
  onClose,
}: {
  open: boolean;
  title: string;
  children: ReactNode;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <div className="stack tight">{children}</div>
      <div className="row">
        <Button look="danger" onClick={onConfirm}>
          {action}
        </Button>
        <Button onClick={onClose}>Annuler</Button>
      </div>
    </Dialog>
  );
}
