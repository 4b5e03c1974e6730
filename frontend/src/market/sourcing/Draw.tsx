import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count } from '../../frame/french';
import { Table } from '../../ui/Table';
import { Button } from '../../ui/Button';
import { Code } from '../../ui/Code';
import { Details } from '../../ui/Card';
import { TextField } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Failure, Said } from '../../ui/State';
import { type Drawn, drawQuery } from './api';
import { lotOf, placeOf, strata } from './draw';

/** The published draw, for anybody to redo: its seed, its strata, and the lot of one's own SIRET. */
export function Draw({ ident }: { ident: number }) {
  const query = useQuery(drawQuery(ident));
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return null;
  const draw = query.data;
  return (
    <Details summary={`Le tirage publié, et comment le refaire (${count(draw.lots.length, 'lot')})`}>
      <div className="stack">
        <p className="measure">
          Le lot d’une entreprise est le SHA-256 de la graine suivie de son SIRET. Dans chaque strate (taille
          et proximité), les plus petits lots sont prévenus. La graine vient du texte publié et de l’instant
          de sa publication : personne ne la choisit.
        </p>
        <Code label="Graine">{draw.seed}</Code>
        {draw.lots.length > 0 && (
          <Table
            caption="Par strate"
            head={['Strate', 'Entreprises', 'Prévenues']}
            rows={strata(draw.lots).map((one) => [one.name, String(one.firms), String(one.told)])}
          />
        )}
        <MyLot draw={draw} />
        <p>
          <a href={`/api/v1/sourcings/${ident}/draw`}>Le tirage complet (JSON)</a>
        </p>
      </div>
    </Details>
  );
}

function MyLot({ draw }: { draw: Drawn }) {
  const [siret, setSiret] = useState('');
  const [said, setSaid] = useState('');
  const [error, setError] = useState('');
  const plain = siret.replace(/\s/g, '');
  const check = async () => {
    setSaid('');
    setError(/^\d{14}$/.test(plain) ? '' : 'Un SIRET a quatorze chiffres');
    if (/^\d{14}$/.test(plain)) setSaid(placeOf(draw.lots, await lotOf(draw.seed, plain)));
  };
  return (
    <Form onSubmit={() => void check()}>
      <TextField
        name="siret-tirage"
        label="Vérifier le lot d’un SIRET"
        hint="Le calcul se fait dans votre navigateur : rien n’est envoyé."
        width="medium"
        value={siret}
        error={error}
        onChange={setSiret}
      />
      <div className="row">
        <Button type="submit">Vérifier</Button>
        <Said>{said}</Said>
      </div>
    </Form>
  );
}
