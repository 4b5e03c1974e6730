import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FileExport, SavedFile } from '../../api/types';
import { count, list, moment } from '../../frame/french';
import { Details } from '../../ui/Card';
import { Badge } from '../../ui/Notice';
import { Row, Rows } from '../../ui/Rows';
import { Empty, Failure, Skeleton } from '../../ui/State';
import { exportsQuery } from './traceApi';

export function Exports({ file }: { file: SavedFile }) {
  const query = useQuery(exportsQuery(file.id));
  const items = query.data?.items ?? [];
  if (query.isPending) return <Skeleton />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!items.length)
    return (
      <Empty title="Aucune pièce générée depuis ce dossier">
        <p>
          La dernière étape de l’Assistant les produit : DOCX des pièces, tableau de suivi (XLSX), agenda
          (ICS).
        </p>
        {file.may.includes('export') && (
          <Link to="/assistant/$step" params={{ step: 'documents' }} search={{ dossier: file.id }}>
            Aller à « Aperçu et DOCX »
          </Link>
        )}
      </Empty>
    );
  return (
    <Rows label="Pièces générées">
      {items.map((made) => (
        <One key={made.id} made={made} />
      ))}
    </Rows>
  );
}

function One({ made }: { made: FileExport }) {
  return (
    <Row
      title={
        <>
          {list(made.pieces)}{' '}
          {made.current ? (
            <Badge tone="success" icon="check">
              Version actuelle
            </Badge>
          ) : (
            <Badge tone="warning">Le dossier a changé depuis</Badge>
          )}
        </>
      }
      facts={
        <>
          le {moment(made.at)} par {made.by.name}, version {made.revision} du dossier
          <Details summary={count(made.clauses.length, 'clause imprimée', 'clauses imprimées')}>
            <ul className="bullets">
              {made.clauses.map((clause) => (
                <li key={`${clause.id}-${clause.lots.join('-')}`}>
                  <Link to="/clauses/$id" params={{ id: clause.id }}>
                    {clause.id}
                  </Link>{' '}
                  version {clause.version} – {clause.title}
                  {clause.lots.length > 0 && ` (lots ${list(clause.lots)})`}
                </li>
              ))}
            </ul>
          </Details>
        </>
      }
    />
  );
}
