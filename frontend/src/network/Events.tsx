import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../accounts/session';
import { PagedRows } from '../frame/Paged';
import { Details } from '../ui/Card';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { SignInFirst } from './AskForm';
import { eventsQuery, type NetworkEvent, whenWords } from './calendarApi';
import { MeetingForm } from './MeetingForm';

export function Events() {
  const coming = useInfiniteQuery(eventsQuery('coming'));
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
      {coming.data?.pages[0]?.may.includes('announce') ? (
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
  const query = useInfiniteQuery(eventsQuery(when));
  const label = when === 'coming' ? 'Événements à venir' : 'Événements passés';
  return (
    <PagedRows
      query={query}
      label={label}
      empty={empty}
      action="Afficher plus d’événements"
      about={when === 'coming' ? 'à venir' : 'passés'}
      said={['événement affiché', 'événements affichés']}
      row={(one) => (
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
      )}
    />
  );
}

function Mark({ event }: { event: NetworkEvent }) {
  if (event.cancelled) return <Badge tone="danger">Annulé</Badge>;
  if (!event.mine) return null;
  return <Badge tone="success">{event.mine === 'seated' ? 'Inscrit' : 'En liste d’attente'}</Badge>;
}
