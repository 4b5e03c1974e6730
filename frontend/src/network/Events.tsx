import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../accounts/session';
import { Details } from '../ui/Card';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { SignInFirst } from './AskForm';
import { eventsQuery, type NetworkEvent, whenWords } from './calendarApi';
import { MeetingForm } from './MeetingForm';
import { Pager, usePages } from './Pager';

export function Events() {
  const coming = useQuery(eventsQuery('coming'));
  return (
    <Page
      title="Événements"
      lead="Rencontres, visites et webinaires du réseau. Les heures sont celles de Paris."
    >
      <p>
        <a href="/api/v1/network/events/calendar.ics">S’abonner aux événements dans son agenda (ICS)</a>
      </p>
      <Section title="À venir">
        <List when="coming" empty="Aucun événement annoncé pour l’instant" />
      </Section>
      {coming.data?.may.includes('announce') ? (
        <Details summary="Annoncer un événement">
          <MeetingForm />
        </Details>
      ) : (
        <WhoAnnounces />
      )}
      <Section title="Passés">
        <List when="past" empty="Aucun événement passé" />
      </Section>
    </Page>
  );
}

function WhoAnnounces() {
  const session = useSession();
  if (!session) return null;
  if (!session.person) return <SignInFirst to="pour annoncer un événement ou retrouver vos inscriptions." />;
  return <p className="soft">Les rédacteurs d’une organisation publique peuvent annoncer un événement.</p>;
}

function List({ when, empty }: { when: 'coming' | 'past'; empty: string }) {
  const pages = usePages();
  const query = useQuery(eventsQuery(when, pages.cursor));
  const label = when === 'coming' ? 'Événements à venir' : 'Événements passés';
  if (query.isPending) return <Skeleton lines={3} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data.items.length) return <Empty title={empty} />;
  return (
    <>
      <Rows label={label}>
        {query.data.items.map((one) => (
          <Row
            key={one.id}
            title={
              <Link to="/evenements/$id" params={{ id: String(one.id) }}>
                {one.title}
              </Link>
            }
            facts={`${whenWords(one.starts_at)}. ${one.place}. ${one.organisation}.`}
            actions={<Mark event={one} />}
          />
        ))}
      </Rows>
      <Pager pages={pages} next={query.data.next} about={label} />
    </>
  );
}

function Mark({ event }: { event: NetworkEvent }) {
  if (event.cancelled) return <Badge tone="danger">Annulé</Badge>;
  if (!event.mine) return null;
  return <Badge tone="success">{event.mine === 'seated' ? 'Inscrit' : 'En liste d’attente'}</Badge>;
}
