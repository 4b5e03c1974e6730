import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Gate } from '../accounts/Gate';
import { Select } from '../ui/Field';
import { Table } from '../ui/Table';
import { Page, Section } from '../ui/Page';
import { number } from '../frame/french';
import { Quarters } from '../ui/Quarters';
import { Failure, Skeleton } from '../ui/State';
import { type CommitmentProgress, progressQuery, type Series } from './api';
import { Declare } from './Declare';
import { Places } from './Places';
import { said, thisYear, years } from './words';

const TITLE = 'Mes engagements';

export function Progress() {
  return (
    <Gate
      need="reader"
      side="buyer"
      title={TITLE}
      why="Les engagements se suivent organisation par organisation."
    >
      {() => <Mine />}
    </Gate>
  );
}

/** The year of the address. */
export function useYear(usual: number = thisYear()): number {
  const { annee } = useSearch({ strict: false }) as { annee?: number };
  return annee ?? usual;
}

export function YearChoice({
  to,
  year,
}: {
  to: '/charte/suivi' | '/charte/agec' | '/charte/spaser';
  year: number;
}) {
  const navigate = useNavigate();
  return (
    <Select
      name="annee"
      label={to === '/charte/spaser' ? 'Première des deux années' : 'Année'}
      width="short"
      value={String(year)}
      onChange={(value) => void navigate({ to, search: { annee: Number(value) } })}
      options={[...new Set([...years(), String(year)])].map((one) => ({ value: one, label: one }))}
    />
  );
}

function Mine() {
  const year = useYear();
  const query = useQuery(progressQuery(year));
  const all = query.data?.items.flatMap((one) => one.series) ?? [];
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Charte', link: { to: '/charte' } }]}
      lead="Par engagement et par trimestre, face à la cible. Ce qui n’est pas déclaré n’est jamais compté zéro."
    >
      <Places />
      <YearChoice to="/charte/suivi" year={year} />
      {query.isPending && <Skeleton blocks={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <p className="lead">{summary(all, year)}</p>
          <p className="row no-print">
            <a href={`/api/v1/charter/reports/${year}.docx`} download>
              Bilan {year} (DOCX)
            </a>
            <a href={`/api/v1/charter/reports/${year}.csv`} download>
              Les mêmes chiffres (CSV)
            </a>
          </p>
          {query.data.items.map((one) => (
            <Commitment key={one.commitment.code} progress={one} />
          ))}
          <Section title={`Saisir mon bilan ${year}`}>
            {query.data.may.includes('declare') ? (
              <Declare key={year} series={all} year={year} />
            ) : (
              <p>Déclarer un chiffre demande le rôle de rédacteur dans l’organisation.</p>
            )}
          </Section>
        </>
      )}
    </Page>
  );
}

function summary(all: Series[], year: number): string {
  const aimed = all.filter((one) => one.reached !== null);
  const reached = aimed.filter((one) => one.reached).length;
  if (!aimed.length) return `En ${year}, aucune cible n’est encore mesurée.`;
  return `En ${year}, ${reached} cible${reached > 1 ? 's' : ''} atteinte${reached > 1 ? 's' : ''} sur ${aimed.length} mesurée${aimed.length > 1 ? 's' : ''}.`;
}

function Commitment({ progress }: { progress: CommitmentProgress }) {
  const drawn = progress.series.filter((one) => one.cells.some((cell) => cell.value !== null));
  const told = progress.series.filter((one) => !drawn.includes(one) && one.indicator.measured !== 'agec');
  const proofs = progress.series.flatMap((one) =>
    [...one.cells, one.year].flatMap((cell) => (cell.declared?.proof ? [cell.declared] : [])),
  );
  if (!progress.series.length) return null;
  return (
    <Section title={progress.commitment.title}>
      {drawn.length > 0 && (
        <div className="grid">
          {drawn.map((one) => (
            <Quarters
              key={one.indicator.code}
              title={finding(one)}
              csv={{ name: `${one.indicator.code}-${one.year.period}.csv` }}
              name={one.indicator.name}
              periods={one.cells.map((cell) => cell.period)}
              values={one.cells.map((cell) => cell.value)}
              target={one.indicator.target}
              say={(value) => said(value, one.indicator.unit)}
              figure={(value) => (one.indicator.unit === '%' ? said(value, '%') : number(value))}
            />
          ))}
        </div>
      )}
      {told.length > 0 && (
        <Table
          caption={`${progress.commitment.title} : autres indicateurs`}
          head={['Indicateur', 'Année', 'Cible']}
          rows={told.map((one) => [
            one.indicator.name,
            said(one.last, one.indicator.unit),
            one.indicator.target === null ? '–' : said(one.indicator.target, one.indicator.unit),
          ])}
        />
      )}
      {progress.series.some((one) => one.indicator.measured === 'agec') && (
        <p>
          <Link to="/charte/agec">Voir le suivi AGEC par catégorie</Link>
        </p>
      )}
      {progress.series.some((one) => one.indicator.measured === 'training') && (
        <p>
          Compté d’après <Link to="/formation">la formation suivie ici</Link> par vos rédacteurs et
          administrateurs, sauf si vous déclarez un chiffre.
        </p>
      )}
      {proofs.length > 0 && (
        <ul className="bullets">
          {proofs.map((one) => (
            <li key={one.id}>
              <a href={`/api/v1/charter/proofs/${one.id}`} download>
                {one.proof}
              </a>
              {one.note && ` : ${one.note}`}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const TRENDS = { up: ', en hausse', down: ', en baisse', flat: ', stable' } as const;

function finding(one: Series): string {
  const trend = one.trend ? TRENDS[one.trend] : '';
  const reached = one.reached === null ? '' : one.reached ? ', cible atteinte' : ', sous la cible';
  return `${one.indicator.name} : ${said(one.last, one.indicator.unit)}${trend}${reached}`;
}
