import { useState } from 'react';
import { Button, type Look } from './Button';
import { Icon } from './Icon';
import { Said } from './State';

/** Copies a text, and says so. */
export function CopyButton({
  text,
  label = 'Copier le texte',
  about,
  look,
}: {
  text: string;
  label?: string;
  about?: string;
  look?: Look;
}) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Texte copié.');
    } catch {
      setSaid('La copie est bloquée par le navigateur : sélectionnez le texte à la main.');
    }
  };
  return (
    <span className="line">
      <Button look={look} about={about} onClick={copy}>
        <Icon name={said === 'Texte copié.' ? 'check' : 'copy'} /> {label}
      </Button>
      <Said>{said}</Said>
    </span>
  );
}
