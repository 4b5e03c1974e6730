import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { longDate, moment } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { Button } from '../ui/Button';
import { Select } from '../ui/Field';
import { Row } from '../ui/Rows';
import { Failure } from '../ui/State';
import { proofsToVerifyQuery } from './api';

type ProofLine = components['schemas']['ProofLine'];

/** For the platform's team: each proof checked at its issuer, or the check taken back. */
export function ProofsToVerify() {
  const [state, setState] = useState<'waiting' | 'verified'>('waiting');
  const query = useInfiniteQuery(proofsToVerifyQuery(state));
  return (
    <div className="stack">
      <p>
        Vérifiez le numéro auprès de l’émetteur, pas seulement le fichier. Une preuve que son entreprise
        modifie redevient déclarée.
      </p>
      <Select
        name="preuves"
        label="Montrer"
        options={[
          { value: 'waiting', label: 'Les preuves à vérifier' },
          { value: 'verified', label: 'Les preuves vérifiées' },
        ]}
        value={state}
        onChange={(value) => setState(value as 'waiting')}
      />
      <PagedRows
        query={query}
        label="Preuves des entreprises"
        empty={state === 'waiting' ? 'Aucune preuve ne reste à vérifier' : 'Aucune preuve n’est vérifiée'}
        row={(one) => <Proof key={one.id} proof={one} />}
      />
    </div>
  );
}

function Proof({ proof }: { proof: ProofLine }) {
  const queries = useQueryClient();
  const path = { params: { path: { ident: proof.id } } };
  const send = useSubmit<unknown>(
    () =>
      proof.verified_at
        ? unwrap(api.DELETE('/api/v1/proofs/{ident}/verification', path))
        : unwrap(api.POST('/api/v1/proofs/{ident}/verification', path)),
    () => void queries.invalidateQueries({ queryKey: ['market', 'proofs'] }),
  );
  const facts = [
    proof.issuer || 'émetteur non dit',
    proof.number ? `n° ${proof.number}` : 'sans numéro',
    proof.expires_on ? `jusqu’au ${longDate(proof.expires_on)}` : 'sans échéance',
    proof.verified_at ? `vérifiée le ${moment(proof.verified_at)}` : 'déclarée',
  ];
  return (
    <Row
      title={
        <>
          {proof.title},{' '}
          <Link to="/entreprises/$siret" params={{ siret: proof.siret }}>
            {proof.firm}
          </Link>
        </>
      }
      facts={
        <>
          <p>{facts.join(' ; ')}</p>
          {proof.has_file && (
            <a href={`/api/v1/proof-verifications/${proof.id}/file`}>Télécharger son fichier</a>
          )}
          {send.failure && <Failure error={send.failure} />}
        </>
      }
      actions={
        <Button small busy={send.busy} about={`${proof.title}, ${proof.firm}`} onClick={() => send.submit()}>
          {proof.verified_at ? 'Retirer la vérification' : 'Marquer comme vérifiée'}
        </Button>
      }
    />
  );
}
