import { useState } from 'react';
import type { OwnClause } from '../api/types';
import { count } from '../frame/french';
import { draftStore } from '../purchases/draft';
import { Button, ButtonLink } from '../ui/Button';
import { Box } from '../ui/Card';
import { Said } from '../ui/State';
import { resumed } from './resumed';

/** Last year's clauses as the start of this year's selection, with the values that stand in the file. */
export function Resume({ own }: { own: readonly OwnClause[] }) {
  const [said, setSaid] = useState('');
  const take = () => {
    const before = draftStore.read();
    const after = resumed(before, own);
    draftStore.write(() => after);
    const added = after.items.length - before.items.length;
    setSaid(
      added
        ? `${count(added, 'clause ajoutée', 'clauses ajoutées')} à votre sélection, avec leurs valeurs.`
        : 'Ces clauses étaient déjà dans votre sélection : leurs valeurs sont reprises.',
    );
  };
  return (
    <Box sunken>
      <p>
        <strong>Reprendre ce marché : </strong>
        mettez ces clauses dans votre sélection, avec les valeurs lues dans le dossier. Les clauses retirées
        et inconnues restent de côté.
      </p>
      <div className="row">
        <Button onClick={take}>Reprendre ce marché</Button>
        {said && (
          <ButtonLink look="quiet" to="/selection">
            Voir ma sélection
          </ButtonLink>
        )}
        <Said>{said}</Said>
      </div>
    </Box>
  );
}
