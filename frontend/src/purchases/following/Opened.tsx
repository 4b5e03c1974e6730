import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Gate } from '../../accounts/Gate';
import { explain } from '../../api/problem';
import { ButtonLink } from '../../ui/Button';
import { Page } from '../../ui/Page';
import { Empty, Failure, Skeleton } from '../../ui/State';
import { titleQuery } from './api';

const FILES = { label: 'Mes dossiers', link: { to: '/dossiers' as const } };

/** A screen about one file: its door, its breadcrumb, and what to say when it is not there. */
export function Opened({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead: string;
  children: (ident: number, name: string) => ReactNode;
}) {
  return (
    <Gate
      need="reader"
      side="buyer"
      title={title}
      why="Un dossier est à une organisation : connectez-vous pour l’ouvrir."
    >
      {() => (
        <Known ident={Number(id)} title={title} lead={lead}>
          {children}
        </Known>
      )}
    </Gate>
  );
}

function Known({
  ident,
  title,
  lead,
  children,
}: {
  ident: number;
  title: string;
  lead: string;
  children: (ident: number, name: string) => ReactNode;
}) {
  const file = useQuery({ ...titleQuery(ident), enabled: ident > 0 });
  const gone = !(ident > 0) || (file.isError && [404, 422].includes(explain(file.error).status));
  if (file.data)
    return (
      <Page
        title={title}
        lead={lead}
        crumbs={[
          FILES,
          { label: file.data.title, link: { to: '/dossiers/$id', params: { id: String(ident) } } },
        ]}
      >
        {children(ident, file.data.title)}
      </Page>
    );
  return (
    <Page title={title} crumbs={[FILES]} narrow>
      {gone ? (
        <Empty title="Ce dossier n’existe pas, ou n’est pas de votre organisation active">
          <ButtonLink to="/dossiers">Revenir à mes dossiers</ButtonLink>
        </Empty>
      ) : file.isError ? (
        <Failure error={file.error} retry={() => void file.refetch()} />
      ) : (
        <Skeleton blocks={3} />
      )}
    </Page>
  );
}
