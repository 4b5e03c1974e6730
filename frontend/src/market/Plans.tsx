import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { count, moment } from '../frame/french';
import { Button, ButtonLink } from '../ui/Button';
import { DropZone } from '../ui/DropZone';
import { Select } from '../ui/Field';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Alert, Empty, Failure, Skeleton } from '../ui/State';
import { plansQuery } from './plan';

const TITLE = 'Vérifier un plan d’achats';
const BUYERS = [
  { value: 'local_authority', label: 'Collectivité territoriale ou groupement' },
  { value: 'public_establishment', label: 'Établissement public' },
  { value: 'state', label: 'État' },
  { value: 'contracting_entity', label: 'Entité adjudicatrice' },
];

/** All the purchases of a year at once: what the law, the market and the charter say of each. */
export function Plans() {
  return (
    <Gate need="reader" title={TITLE} why="Un plan d’achats appartient à votre organisation.">
      {({ organisation }) => (
        <Page
          title={TITLE}
          crumbs={[{ label: 'Nos achats à venir', link: { to: '/mes-programmes' } }]}
          lead={
            <p>
              Envoyez la liste de vos achats à venir. Pour chacun : les obligations, les clauses proposées,
              les entreprises qui peuvent répondre, s’il faut un sourçage, et ce que tient la charte.
            </p>
          }
        >
          {organisation?.kind === 'firm' ? (
            <Notice title="Un plan d’achats est celui d’un acheteur public">
              <ButtonLink className="start" to="/programmes">
                Voir les achats annoncés
              </ButtonLink>
            </Notice>
          ) : (
            <>
              {organisation?.role !== 'reader' && <Send />}
              <Sent />
            </>
          )}
        </Page>
      )}
    </Gate>
  );
}

function Send() {
  const [files, setFiles] = useState<File[]>([]);
  const [kind, setKind] = useState('local_authority');
  const [key, setKey] = useState(newKey);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useSubmit(
    () => {
      const sent = new FormData();
      if (files[0]) sent.append('file', files[0]);
      sent.append('buyer_kind', kind);
      return unwrap(
        api.POST('/api/v1/purchase-plans', {
          params: { header: { 'Idempotency-Key': key } },
          body: sent as unknown as { file: string; buyer_kind: 'state' },
          bodySerializer: (body) => body as unknown as FormData,
        }),
      );
    },
    (made) => {
      void queries.invalidateQueries({ queryKey: ['plans'] });
      void navigate({ to: '/plan-achats/$id', params: { id: String(made.id) } });
    },
  );
  const faults = Object.entries(form.errors).filter(([name]) => name !== 'file');
  return (
    <Section
      title="Envoyer un plan"
      intro={
        <>
          CSV ou XLSX, deux cents achats au plus. Colonnes reconnues : objet, CPV, montant, date, département,
          nature, durée ; l’objet et la date suffisent. Modèle :{' '}
          <a href="/api/v1/purchase-plan-template.xlsx">XLSX</a> ou{' '}
          <a href="/api/v1/purchase-plan-template.csv">CSV</a>.
        </>
      }
    >
      {form.failure && <Failure error={form.failure} />}
      {faults.length > 0 && (
        <Alert>
          <Notice tone="danger" title="Rien n’a été gardé : corrigez ces lignes, puis renvoyez le fichier">
            <ul className="bullets">
              {faults.map(([name, said]) => (
                <li key={name}>{said}</li>
              ))}
            </ul>
          </Notice>
        </Alert>
      )}
      <DropZone
        name="plan"
        label="Votre plan d’achats"
        hint="Une ligne par achat ; les autres colonnes sont laissées de côté."
        accept=".csv,.xlsx,text/csv"
        error={form.errors['file']}
        files={files}
        onFiles={(given) => {
          setFiles(given);
          setKey(newKey());
        }}
      />
      <Select name="buyer_kind" label="Vous êtes" value={kind} onChange={setKind} options={BUYERS} />
      <Button
        look="primary"
        className="start"
        off={!files.length}
        busy={form.busy}
        onClick={() => form.submit()}
      >
        Vérifier le plan
      </Button>
    </Section>
  );
}

function Sent() {
  const query = useQuery(plansQuery);
  return (
    <Section title="Plans vérifiés">
      {query.isPending && <Skeleton lines={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && <Empty title="Aucun plan vérifié pour l’instant" />}
      {query.data && query.data.items.length > 0 && (
        <Rows label="Plans vérifiés">
          {query.data.items.map((one) => (
            <Row
              key={one.id}
              title={
                <Link to="/plan-achats/$id" params={{ id: String(one.id) }}>
                  {one.file_name}
                </Link>
              }
              facts={`${count(one.count, 'achat')} ; envoyé le ${moment(one.created_at)}`}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}
