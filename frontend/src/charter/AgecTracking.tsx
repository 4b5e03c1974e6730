import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { euros, percent } from '../frame/french';
import { Table } from '../ui/Table';
import { Select } from '../ui/Field';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { type Agec, agecQuery } from './api';
import { FigureForm } from './Grid';
import { Places } from './Places';
import { useYear, YearChoice } from './Progress';

const TITLE = 'Suivi AGEC (article 58)';

export function AgecTracking() {
  return (
    <Gate need="reader" side="buyer" title={TITLE} why="Les dépenses sont celles de votre organisation.">
      {() => <Mine />}
    </Gate>
  );
}

type Year = Agec['items'][number]['years'][number];
type Goal = Year['reuse_objective'];

const rate = (value: number | null) => (value === null ? 'non déclaré' : percent(value));

function goal(found: Goal): string {
  if (found.not_applicable) return 'sans objectif';
  if (found.value === null) return 'taux non retrouvé';
  return `${percent(found.value)}${found.origin === 'administrator' ? ' (saisi par l’administrateur)' : ''}`;
}

function Mine() {
  const year = useYear();
  const query = useQuery(agecQuery(year));
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Charte', link: { to: '/charte' } }]}
      lead="La part réemployée et la part recyclée de vos dépenses, par catégorie, sur trois ans."
    >
      <Places />
      <YearChoice to="/charte/agec" year={year} />
      {query.isPending && <Skeleton blocks={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Tracked found={query.data} year={year} />}
    </Page>
  );
}

function Tracked({ found, year }: { found: Agec; year: number }) {
  const last = (line: Agec['items'][number]) => line.years.at(-1) as Year;
  const known = found.items.filter((line) => last(line).amounts.total !== null).length;
  const missing = found.items.some(
    (line) => last(line).reuse_objective.value === null && !last(line).reuse_objective.not_applicable,
  );
  const row = (line: Agec['items'][number], name: 'reuse' | 'recycled') => [
    `${line.number}. ${line.label}`,
    ...line.years.map((one) => rate(one[name])),
    goal(last(line)[`${name}_objective`]),
  ];
  const head = ['Catégorie', ...found.years.map(String), `Objectif ${year}`];
  return (
    <>
      <p className="lead">
        {known
          ? `En ${year}, ${known} catégorie${known > 1 ? 's' : ''} sur ${found.items.length} déclarée${known > 1 ? 's' : ''}.`
          : `Aucune dépense n’est déclarée pour ${year}.`}
      </p>
      {missing && (
        <Notice tone="neutral" title="Certains objectifs manquent">
          <p>
            Où l’objectif n’est pas retrouvé : {found.missing}. Un administrateur de la plateforme peut le
            saisir.
          </p>
        </Notice>
      )}
      <Section title="Part réemployée">
        <Table
          caption="Part réemployée par catégorie et par année"
          head={head}
          rows={found.items.map((l) => row(l, 'reuse'))}
        />
      </Section>
      <Section title="Part recyclée">
        <Table
          caption="Part recyclée par catégorie et par année"
          head={head}
          rows={found.items.map((l) => row(l, 'recycled'))}
        />
      </Section>
      <Section
        title="La déclaration annuelle"
        intro="Le fichier reprend ce qui est déclaré ; le reste y reste vide. À déposer sur data.gouv.fr au plus tard le 30 juin de l’année suivante."
      >
        <p>
          <a href={`/api/v1/charter/agec/${year}.csv`} download>
            Télécharger la déclaration {year} (CSV)
          </a>
        </p>
      </Section>
      <Section title={`Saisir les montants de ${year}`}>
        {found.may.includes('declare') ? (
          <Amounts found={found} year={year} />
        ) : (
          <p>Saisir un montant demande le rôle de rédacteur dans l’organisation.</p>
        )}
      </Section>
    </>
  );
}

const AMOUNTS = [
  ['total', 'Total dépensé'],
  ['reused', 'Réemploi et réutilisation'],
  ['donated', 'Produits issus de dons'],
  ['recycled', 'Produits recyclés'],
] as const;

function Amounts({ found, year }: { found: Agec; year: number }) {
  const [chosen, setChosen] = useState('1');
  const line = found.items.find((one) => String(one.number) === chosen);
  const now = line?.years.at(-1);
  return (
    <>
      <Select
        name="categorie"
        label="Catégorie"
        value={chosen}
        onChange={setChosen}
        options={found.items.map((one) => ({
          value: String(one.number),
          label: `${one.number}. ${one.label}`,
        }))}
      />
      {now && (
        <>
          {now.amounts.total !== null && (
            <p className="soft">Total connu : {euros(now.amounts.total)} hors taxes.</p>
          )}
          <FigureForm
            key={`${chosen}-${year}`}
            action="Enregistrer les montants"
            asked={AMOUNTS.map(([name, label]) => ({
              code: `agec-${chosen}-${name}`,
              period: String(year),
              label,
              unit: '€ HT',
              value: now.amounts[name],
              version: now.versions[name],
            }))}
          />
        </>
      )}
    </>
  );
}
