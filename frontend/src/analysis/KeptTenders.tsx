import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import type { KeptTender } from '../api/types';
import { longDate, moment } from '../frame/french';
import { PagedCards } from '../frame/Paged';
import { Button, ButtonLink } from '../ui/Button';
import { Card, Facts } from '../ui/Card';
import { Page } from '../ui/Page';
import { Empty, Failure, Status } from '../ui/State';
import { analyseAgain, eraseTender, keptQuery } from './kept';

const TITLE = 'Fichiers gardés';
const CRUMBS = [{ label: 'Analyser', link: { to: '/analyse' as const } }];
const route = getRouteApi('/analyse/gardes');

export function KeptTenders() {
  return (
    <Gate need="reader" title={TITLE} why="Un fichier gardé est à votre organisation.">
      {(session) =>
        session.organisation?.kind === 'firm' ? (
          <Page title={TITLE} narrow>
            <Empty title="Les dossiers analysés sont ceux des acheteurs publics" />
          </Page>
        ) : (
          <List organisation={session.organisation?.name ?? ''} />
        )
      }
    </Gate>
  );
}

function List({ organisation }: { organisation: string }) {
  const { dossier } = route.useSearch();
  const query = useInfiniteQuery(keptQuery(dossier));
  const [said, setSaid] = useState('');
  return (
    <Page
      title={TITLE}
      crumbs={CRUMBS}
      lead={`Les dossiers analysés que garde ${organisation}, avec leurs constats, jusqu’à ce que vous les effaciez.`}
    >
      <Status silent={!said}>{said}</Status>
      {dossier && (
        <p>
          Ceux d’un seul dossier. <Link to="/analyse/gardes">Voir tous les fichiers gardés</Link>
        </p>
      )}
      <PagedCards
        query={query}
        label={TITLE}
        keyOf={(row) => row.id}
        card={(row) => <TenderCard row={row} say={setSaid} />}
        action="Afficher plus de fichiers"
        said={['fichier affiché', 'fichiers affichés']}
        empty={
          <Empty title="Aucun fichier gardé">
            <p>Analysez un dossier, puis choisissez « Garder ce fichier » au bas de ses constats.</p>
            <ButtonLink to="/analyse">Analyser un dossier</ButtonLink>
          </Empty>
        }
      />
    </Page>
  );
}

function TenderCard({ row, say }: { row: KeptTender; say: (sentence: string) => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ['kept-tenders'] });
    }
  };
  const again = () =>
    act(async () => {
      const made = await analyseAgain(row.id);
      await navigate({ to: '/analyse/$id', params: { id: made.analysis }, search: { garde: made.id } });
    });
  const erase = () =>
    act(async () => {
      await eraseTender(row.id);
      say(`« ${row.title} » est effacé, avec son analyse.`);
    });
  return (
    <Card>
      <h2>
        {row.status === 'failed' ? (
          row.title
        ) : (
          <Link to="/analyse/$id" params={{ id: row.analysis }} search={{ garde: row.id }}>
            {row.title}
          </Link>
        )}
      </h2>
      <p>
        {row.status === 'failed' && 'L’analyse s’est interrompue : refaites-la.'}
        {row.status === 'waiting' && 'Analyse en cours.'}
        {row.summary?.sentence}
      </p>
      <Facts>
        <span>analysé le {longDate(row.analysed_at)}</span>
        {row.file && (
          <Link to="/dossiers/$id" params={{ id: String(row.file.id) }}>
            {row.file.title}
          </Link>
        )}
        <span>
          gardé le {moment(row.at)} par {row.by.name}
        </span>
      </Facts>
      {failure !== null && <Failure error={failure} />}
      <div className="row tight">
        {row.may.includes('analyse') && (
          <Button small busy={busy} about={`: ${row.title}`} onClick={() => void again()}>
            Refaire l’analyse
          </Button>
        )}
        {row.may.includes('delete') && (
          <Button small look="danger" busy={busy} about={`: ${row.title}`} onClick={() => void erase()}>
            Effacer
          </Button>
        )}
      </div>
    </Card>
  );
}
