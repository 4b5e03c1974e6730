import { useQuery } from '@tanstack/react-query';
import { count } from '../frame/french';
import { Bars } from '../ui/Bars';
import { DepartmentMap } from '../ui/DepartmentMap';
import { departmentName } from '../ui/departments';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Skeleton } from '../ui/State';
import { type DashboardPart, dashboardQuery } from './api';
import { Places } from './Places';

const TITLES = { lever: 'Par levier', family: 'Par famille d’achat', department: 'Par département' } as const;
const FIRST = { lever: 'Levier', family: 'Famille d’achat', department: 'Département' } as const;

export function Dashboard() {
  const query = useQuery(dashboardQuery);
  return (
    <Page
      title="Tableau de bord"
      lead="Les clauses que les organismes mettent dans leurs dossiers. Rien n’est diffusé sous cinq organismes."
    >
      <Places />
      {query.isPending && <Skeleton blocks={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data?.parts.map((part) => (
        <Section key={part.dimension} title={TITLES[part.dimension]}>
          <Part part={part} />
        </Section>
      ))}
    </Page>
  );
}

const WITHHELD = 'non diffusé';

function Part({ part }: { part: DashboardPart }) {
  if (!part.rows.length)
    return (
      <Empty title={part.title}>
        <p>{part.summary}</p>
      </Empty>
    );
  const shown = part.rows.filter((row) => row.clauses !== null);
  const csv = { href: `/api/v1/dashboard/${part.dimension}.csv` };
  if (part.dimension === 'department')
    return (
      <DepartmentMap
        title={part.title}
        csv={csv}
        summary={part.summary}
        counts={part.rows.map((row) => ({ code: row.code, value: row.clauses }))}
        say={(value) => count(value, 'clause')}
        head="Clauses"
        table={{
          head: ['Département', 'Clauses', 'Dossiers', 'Organismes'],
          rows: part.rows.map((row) => [
            departmentName(row.code),
            ...[row.clauses, row.files, row.organisations].map((one) =>
              one === null ? WITHHELD : String(one),
            ),
          ]),
        }}
      />
    );
  return (
    <>
      <p className="measure">{part.summary}</p>
      <Bars
        title={part.title}
        csv={csv}
        head={FIRST[part.dimension]}
        series={['Clauses', 'Dossiers']}
        groups={shown.map((row) => ({ label: row.label, values: [row.clauses ?? 0, row.files ?? 0] }))}
        withheld={part.rows
          .filter((row) => row.clauses === null)
          .map((row) => [row.label, WITHHELD, WITHHELD])}
      />
    </>
  );
}
