import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, done, unwrap } from '../api/client';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { type Spaser, spaserQuery, useRefreshCharter } from './api';
import { FigureForm } from './Grid';
import { Places } from './Places';
import { useYear, YearChoice } from './Progress';
import { SpaserTable } from './SpaserTable';
import { thisYear } from './words';

const TITLE = 'Indicateurs SPASER';

export function SpaserTracking() {
  return (
    <Gate need="reader" side="buyer" title={TITLE} why="Les indicateurs sont ceux de votre organisation.">
      {() => <Mine />}
    </Gate>
  );
}

function Mine() {
  // Two years are told: the one that is over, and the one that runs.
  const year = useYear(thisYear() - 1);
  const query = useQuery(spaserQuery(year));
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Charte', link: { to: '/charte' } }]}
      lead="Le schéma de promotion des achats responsables se suit en nombre de contrats ou en valeur, et se publie tous les deux ans (code de la commande publique, article L. 2111-3)."
    >
      <Places />
      <p>
        <Link to="/spaser">Les indicateurs publiés par les organismes</Link>
      </p>
      <YearChoice to="/charte/spaser" year={year} />
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Tracked found={query.data} />}
    </Page>
  );
}

function Tracked({ found }: { found: Spaser }) {
  const years = [found.first_year, found.first_year + 1];
  return (
    <>
      <SpaserTable found={found} />
      <Publish found={found} />
      {found.may.includes('declare') ? (
        years.map((year, place) => (
          <Section key={year} title={`Saisir l’année ${year}`}>
            <FigureForm
              key={year}
              action={`Enregistrer ${year}`}
              asked={found.items.map((line) => ({
                code: `spaser-${line.code}`,
                period: String(year),
                label: line.label,
                unit: line.unit,
                value: line.cells[place]?.value ?? null,
                version: line.cells[place]?.version ?? null,
              }))}
            />
          </Section>
        ))
      ) : (
        <p>Saisir un chiffre demande le rôle de rédacteur dans l’organisation.</p>
      )}
    </>
  );
}

function Publish({ found }: { found: Spaser }) {
  const refresh = useRefreshCharter();
  const queries = useQueryClient();
  const params = { path: { year: found.first_year } };
  const over = () => {
    refresh();
    void queries.invalidateQueries({ queryKey: ['spaser'] });
  };
  const publish = useSubmit(
    () => unwrap(api.PUT('/api/v1/charter/spaser/{year}/publication', { params })),
    over,
  );
  const hide = useSubmit(
    () => done(api.DELETE('/api/v1/charter/spaser/{year}/publication', { params })),
    over,
  );
  const failure = publish.failure ?? hide.failure;
  const may = found.may.includes('publish');
  return (
    <Section title="Publication">
      {failure && <Failure error={failure} />}
      {found.published_at ? (
        <p>
          Publiés le {longDate(found.published_at)} :{' '}
          <Link to="/spaser/$siret/$year" params={{ siret: found.siret, year: String(found.first_year) }}>
            la page publique
          </Link>
          .
        </p>
      ) : (
        <p>Ces indicateurs ne sont visibles que dans votre organisation.</p>
      )}
      {may && !found.published_at && (
        <Button className="start" busy={publish.busy} onClick={() => publish.submit()}>
          Publier ces deux années
        </Button>
      )}
      {may && found.published_at && (
        <Button className="start" busy={hide.busy} onClick={() => hide.submit()}>
          Ne plus publier
        </Button>
      )}
      {!may && (
        <p className="soft">Publier demande un administrateur de l’organisation, avec un second facteur.</p>
      )}
    </Section>
  );
}
