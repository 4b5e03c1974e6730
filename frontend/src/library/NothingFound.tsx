import type { ClausePage } from '../api/types';
import { capital, count } from '../frame/french';
import { Button, ButtonLink } from '../ui/Button';
import { Chips } from '../ui/Card';
import { Empty } from '../ui/State';
import type { FilterChip } from './chips';
import type { Filters } from './filters';

/** Nothing found: why, and every way out, each with what it would give. */
export function NothingFound({
  filters,
  setFilters,
  first,
  chips,
}: {
  filters: Filters;
  setFilters: (filters: Filters) => void;
  first: ClausePage;
  chips: FilterChip[];
}) {
  const removals = first.way_out?.removals ?? [];
  const unknown = first.understood?.unknown ?? [];
  const useful = chips
    .map((chip) => ({ chip, gain: removals.find((removal) => removal.parameter === chip.parameter) }))
    .filter(({ gain }) => gain ?? !removals.length)
    .map(({ chip, gain }) => ({
      ...chip,
      text: gain ? `${chip.text} (${count(gain.count, 'clause')})` : chip.text,
    }));
  return (
    <Empty title="Aucune clause ne correspond">
      {unknown.length > 0 && (
        <p>
          {unknown.length > 1 ? 'Mots inconnus' : 'Mot inconnu'} de la bibliothèque :{' '}
          {unknown.map((word) => `« ${word} »`).join(', ')}.
        </p>
      )}
      {useful.length > 0 && (
        <>
          <p>Retirez un filtre :</p>
          <Chips label="Filtres à retirer" chips={useful} />
        </>
      )}
      <Nearest first={first} setFilters={setFilters} />
      <p>Ou décrivez votre achat : l’Assistant cherche les clauses et les obligations qui s’y appliquent.</p>
      <div className="row">
        <ButtonLink look="primary" to="/assistant" search={filters.q ? { objet: filters.q } : {}}>
          Décrire mon achat
        </ButtonLink>
        <ButtonLink to="/aide">Demander une clause</ButtonLink>
      </div>
    </Empty>
  );
}

function Nearest({ first, setFilters }: { first: ClausePage; setFilters: (filters: Filters) => void }) {
  const families = first.way_out?.families ?? [];
  if (!families.length) return null;
  return (
    <>
      <p>{first.understood?.families.length ? 'Familles les plus proches :' : 'Familles à parcourir :'}</p>
      <ul className="plain row tight">
        {families.map((family) => (
          <li key={family.code}>
            <Button small onClick={() => setFilters({ family: [String(family.code)] })}>
              {capital(family.label)} ({family.count})
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
