import { Button } from '../ui/Button';
import { CopyButton } from '../ui/Copy';
import { Notice } from '../ui/Notice';

/** A secret that was just made: the only time that it is on a screen. */
export function Secret({ secret, onKept }: { secret: string; onKept: () => void }) {
  if (!secret) return null;
  return (
    <Notice tone="warning" title="Copiez ce secret : il ne sera plus affiché" live>
      <p>
        <code className="anywhere">{secret}</code>
      </p>
      <p>Votre logiciel s’en sert pour vérifier que chaque message vient de nous.</p>
      <div className="row">
        <CopyButton text={secret} label="Copier le secret" />
        <Button onClick={onKept}>Je l’ai gardé</Button>
      </div>
    </Notice>
  );
}
