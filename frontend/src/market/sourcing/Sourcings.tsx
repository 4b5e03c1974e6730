import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../../accounts/session';
import { useSubmit } from '../../accounts/submit';
import { api, newKey, unwrap } from '../../api/client';
import { Button, ButtonLink } from '../../ui/Button';
import { Select } from '../../ui/Field';
import { Badge, Notice } from '../../ui/Notice';
import { Page, Section } from '../../ui/Page';
import { Row, Rows } from '../../ui/Rows';
import { Empty, Failure, Skeleton } from '../../ui/State';
import { filesQuery, mineQuery, publishedListQuery, receivedQuery, type SourcingLine } from './api';
import { closing, STAGES, STATES } from './words';

export function Sourcings() {
  const session = useSession();
  const organisation = session?.organisation;
  const { dossier } = useSearch({ strict: false }) as { dossier?: number };
  return (
    <Page
      title="Sourçages"
      lead="Interroger le marché avant de rédiger : la même information pour tous, des réponses scellées jusqu’à la clôture, un résultat sans nom (code de la commande publique, articles R. 2111-1 et R. 2111-2)."
    >
      {session && !session.person && (
        <Notice tone="info" title="Acheteur ou entreprise ?">
          <p>
            Connectez-vous pour lancer un sourçage ou pour répondre. Les sourçages publiés se lisent sans
            compte.
          </p>
          <ButtonLink className="start" to="/connexion" search={{ retour: '/sourcages' }}>
            Se connecter
          </ButtonLink>
        </Notice>
      )}
      {organisation &&
        (organisation.kind === 'firm' ? (
          <Received />
        ) : (
          <Mine key={dossier} writes={organisation.role !== 'reader'} dossier={dossier} />
        ))}
      <Published />
    </Page>
  );
}

const facts = (line: SourcingLine) => (
  <>
    {line.buyer} · Clôture : {closing(line.closes_at)}
    {line.has_result && ' · Résultat publié'}
  </>
);

function Mine({ writes, dossier }: { writes: boolean; dossier: number | undefined }) {
  const query = useQuery(mineQuery(dossier));
  return (
    <Section title={dossier ? 'Les sourçages de ce dossier' : 'Les sourçages de mon organisation'}>
      {dossier && (
        <p className="row">
          <Link to="/dossiers/$id" params={{ id: String(dossier) }}>
            Revenir au dossier
          </Link>
          <Link to="/sourcages" search={{}}>
            Voir tous les sourçages de mon organisation
          </Link>
        </p>
      )}
      {writes && <Start dossier={dossier} />}
      {query.isPending && <Skeleton />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.items.length && (
        <Empty title="Aucun sourçage pour l’instant">
          <p>
            Lancez-le environ six mois avant la consultation : les entreprises ont le temps de répondre, et
            vous celui d’ajuster vos clauses.
          </p>
        </Empty>
      )}
      {query.data && query.data.items.length > 0 && (
        <Rows label="Mes sourçages">
          {query.data.items.map((line) => (
            <Row
              key={line.id}
              title={
                <Link to="/sourcages/$id" params={{ id: String(line.id) }}>
                  {line.title || 'Sourçage sans titre'}
                </Link>
              }
              facts={facts(line)}
              actions={<Badge>{STAGES[line.stage] ?? line.stage}</Badge>}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function Start({ dossier }: { dossier: number | undefined }) {
  const files = useQuery(filesQuery);
  const [file, setFile] = useState(dossier ? String(dossier) : '');
  // The file of the address may be older than those that are listed.
  const known = files.data?.items.some((one) => one.id === dossier) ?? true;
  const [key] = useState(newKey);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const start = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/sourcings', {
          params: { header: { 'Idempotency-Key': `${key}-${file}` } },
          body: { file_id: file ? Number(file) : null, title: '' },
        }),
      ),
    (made) => {
      void queries.invalidateQueries({ queryKey: ['sourcings'] });
      void navigate({ to: '/sourcages/$id', params: { id: String(made.id) } });
    },
  );
  return (
    <div className="stack tight">
      {start.failure && <Failure error={start.failure} />}
      <Select
        name="dossier"
        label="Partir d’un dossier"
        hint="Ses clauses deviennent des questions aux entreprises."
        value={file}
        onChange={setFile}
        options={[
          { value: '', label: 'Sans dossier' },
          ...(dossier && !known ? [{ value: String(dossier), label: 'Ce dossier' }] : []),
          ...(files.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.title })),
        ]}
      />
      <Button look="primary" className="start" busy={start.busy} onClick={() => start.submit()}>
        Lancer un sourçage
      </Button>
    </div>
  );
}

function Received() {
  const query = useQuery(receivedQuery);
  return (
    <Section title="Mes réponses">
      {query.isPending && <Skeleton />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.items.length && (
        <Empty title="Aucun sourçage reçu">
          <p>
            Complétez votre fiche (offres, territoire) pour être prévenu. Vous pouvez aussi répondre à tout
            sourçage publié ci-dessous.
          </p>
        </Empty>
      )}
      {query.data && query.data.items.length > 0 && (
        <Rows label="Mes réponses">
          {query.data.items.map((line) => (
            <Row
              key={line.id}
              title={
                <Link to="/sourcages/$id" params={{ id: String(line.id) }}>
                  {line.title}
                </Link>
              }
              facts={facts(line)}
              actions={<Badge>{STATES[line.state] ?? line.state}</Badge>}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function Published() {
  const query = useQuery(publishedListQuery);
  return (
    <Section title="Sourçages publiés" intro="Ouverts à toute entreprise, prévenue ou non.">
      {query.isPending && <Skeleton />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.items.length && (
        <Empty title="Aucun sourçage publié">
          <p>Revenez plus tard : les acheteurs les publient avant leurs consultations.</p>
        </Empty>
      )}
      {query.data && query.data.items.length > 0 && (
        <Rows label="Sourçages publiés">
          {query.data.items.map((line) => (
            <Row
              key={line.id}
              title={
                <Link to="/sourcages/$id" params={{ id: String(line.id) }}>
                  {line.title}
                </Link>
              }
              facts={facts(line)}
              actions={<Badge>{STAGES[line.stage] ?? line.stage}</Badge>}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}
