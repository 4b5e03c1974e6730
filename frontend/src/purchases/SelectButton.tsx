import { useState } from 'react';
import { useStored } from '../frame/storage';
import { Button, type Look } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Said } from '../ui/State';
import { add, holds, type Proposal, remove } from './basket';
import { draftStore } from './draft';

/** Puts a clause into the selection, or takes it out; the change is said aloud. */
export function SelectButton({ clause, look }: { clause: Omit<Proposal, 'preselected'>; look?: Look }) {
  const chosen = holds(useStored(draftStore), clause.id);
  const [said, setSaid] = useState('');
  const toggle = () => {
    draftStore.write((draft) => (chosen ? remove(draft, clause.id) : add(draft, clause)));
    setSaid(chosen ? 'Clause retirée de votre sélection.' : 'Clause ajoutée à votre sélection.');
  };
  return (
    <span className="line">
      <Button
        look={chosen ? 'secondary' : (look ?? 'secondary')}
        small
        onClick={toggle}
        about={`: ${clause.title}`}
      >
        <Icon name={chosen ? 'check' : 'plus'} />
        {chosen ? 'Retirer de ma sélection' : 'Ajouter à ma sélection'}
      </Button>
      <Said>{said}</Said>
    </span>
  );
}
