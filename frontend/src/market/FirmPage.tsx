import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useSession } from '../accounts/session';
import { spacedSiret } from '../accounts/labels';
import { ApiProblem } from '../api/problem';
import { list, longDate, number } from '../frame/french';
import { useLabels } from '../library/api';
import { ButtonLink } from '../ui/Button';
import { Card, Facts, Summary } from '../ui/Card';
import { departmentName } from '../ui/departments';
import { Badge, Level, Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { type Capability, type Firm, firmPageQuery, type Offer, type Proof } from './api';
import { capabilityFacts, proofFacts } from './facts';
import { StatusMarks } from './Marks';
import { labelIn, OFFER_KINDS } from './words';

const route = getRouteApi('/entreprises/$siret');
const CRUMBS = [{ label: 'Entreprises', link: { to: '/entreprises' as const } }];

export function FirmPage() {
  const { siret } = route.useParams();
  const query = useQuery(firmPageQuery(siret));
  if (query.data) return <Shown key={siret} firm={query.data} />;
  const missing = query.error instanceof ApiProblem && query.error.status === 404;
  return (
    <Page key={siret} title={missing ? 'Aucune fiche à ce SIRET' : 'Fiche entreprise'} crumbs={CRUMBS}>
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && (
        <Failure error={query.error} retry={missing ? undefined : () => void query.refetch()} />
      )}
      {missing && (
        <p>
          <Link to="/entreprises">Chercher dans l’annuaire</Link>, ou{' '}
          <Link to="/ma-fiche">créer la fiche</Link> si c’est votre entreprise.
        </p>
      )}
    </Page>
  );
}

function Shown({ firm }: { firm: Firm }) {
  const own = firm.may.includes('edit');
  return (
    <Page
      title={firm.name}
      crumbs={CRUMBS}
      above={
        <Facts>
          <span>SIRET {spacedSiret(firm.siret)}</span>
          <StatusMarks statuses={firm.statuses} />
        </Facts>
      }
      lead={firm.description ? <p>{firm.description}</p> : undefined}
    >
      {firm.official.closed_at && (
        <Notice tone="warning" title="Établissement fermé">
          <p>
            Le registre public le dit fermé (constaté le {longDate(firm.official.closed_at)}). Il n’apparaît
            plus dans l’annuaire ni dans les comptes.
          </p>
        </Notice>
      )}
      {own && (
        <Notice title={`Votre fiche est remplie à ${firm.completeness} %`}>
          <ButtonLink className="start" look="primary" to="/ma-fiche">
            Compléter ma fiche
          </ButtonLink>
        </Notice>
      )}
      <Official firm={firm} />
      <Declared firm={firm} />
      <Offers offers={firm.offers} />
      <Capabilities items={firm.capabilities} />
      <Proofs items={firm.proofs} />
    </Page>
  );
}

function Official({ firm }: { firm: Firm }) {
  const { official } = firm;
  const place = official.department_name ? `${official.department_name} (${official.department})` : '';
  return (
    <Section
      title={official.fictitious ? 'Identité de l’entreprise' : 'Ce que dit le registre public'}
      intro={
        official.fictitious
          ? 'Entreprise inventée pour la démonstration : ces données le sont aussi, aucun registre public n’a été lu.'
          : official.read_at
            ? `${official.source}, lu le ${longDate(official.read_at)}.`
            : 'Le registre public n’a pas encore été lu : la vérification se fera toute seule.'
      }
    >
      <Summary
        rows={[
          { term: 'Adresse', value: official.address || 'Non communiquée' },
          { term: 'Département', value: place || 'Non communiqué' },
          { term: 'Activité (NAF)', value: official.naf || 'Non communiquée' },
          { term: 'Taille', value: official.category || 'Non communiquée' },
        ]}
      />
    </Section>
  );
}

function Declared({ firm }: { firm: Firm }) {
  const territory = firm.coverages.map((one) => one.name).join(' ; ') || 'Non précisé';
  const reached = firm.departments.includes('FR')
    ? 'Toute la France'
    : list(firm.departments.map((code) => `${departmentName(code)} (${code})`));
  return (
    <Section title="Ce que déclare l’entreprise">
      <Summary
        rows={[
          { term: 'Territoire', value: territory },
          { term: 'Départements couverts', value: reached || 'Aucun' },
          { term: 'Site', value: firm.website ? <Site address={firm.website} /> : 'Non précisé' },
          { term: 'Contact', value: <Contact firm={firm} /> },
          { term: 'Mise à jour', value: longDate(firm.updated_at) },
        ]}
      />
    </Section>
  );
}

function Site({ address }: { address: string }) {
  return (
    <a href={address} rel="noopener noreferrer nofollow">
      {address}
    </a>
  );
}

function Contact({ firm }: { firm: Firm }) {
  const organisation = useSession()?.organisation;
  if (firm.contact === 'none') return <>L’entreprise ne souhaite pas être contactée.</>;
  if (firm.contact === 'public')
    return (
      <>
        {firm.contact_email && <a href={`mailto:${firm.contact_email}`}>{firm.contact_email}</a>}{' '}
        {firm.contact_phone}
        {!firm.contact_email && !firm.contact_phone && 'Coordonnées à compléter.'}
      </>
    );
  return (
    <>
      Par Clausier :{' '}
      {organisation && organisation.kind !== 'firm'
        ? 'invitez-la à un sourçage.'
        : 'sur invitation d’un acheteur.'}
    </>
  );
}

function Offers({ offers }: { offers: Offer[] }) {
  return (
    <Section title="Offres">
      {offers.length === 0 && <Empty title="Aucune offre en cours" />}
      <ul className="plain stack">
        {offers.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function OfferCard({ offer, withFirm }: { offer: Offer; withFirm?: boolean }) {
  const label = useLabels();
  const flow = offer.kind === 'material_flow';
  const dates = [
    offer.available_from && `à partir du ${longDate(offer.available_from)}`,
    offer.available_until && `jusqu’au ${longDate(offer.available_until)}`,
  ].filter(Boolean);
  return (
    <Card>
      <h3>{offer.title}</h3>
      <Facts>
        <Badge>
          {flow
            ? offer.direction === 'sought'
              ? 'Gisement cherché'
              : 'Gisement offert'
            : labelIn(OFFER_KINDS, offer.kind)}
        </Badge>
        <span>{offer.families.map((code) => label('families', code)).join(', ')}</span>
        {offer.levers.length > 0 && (
          <span>{offer.levers.map((code) => label('levers', code)).join(', ')}</span>
        )}
      </Facts>
      {offer.description && <p className="measure">{offer.description}</p>}
      {flow && (
        <p>
          {offer.quantity !== null && `${number(offer.quantity)} ${offer.unit}`}
          {offer.condition && `, ${offer.condition}`}. {offer.place}{' '}
          {offer.department && `${departmentName(offer.department)} (${offer.department})`}
          {dates.length > 0 && `, ${dates.join(' ')}`}.{' '}
          {offer.responsibility && `Responsabilité : ${offer.responsibility}.`}
        </p>
      )}
      {withFirm && (
        <p>
          <Link to="/entreprises/$siret" params={{ siret: offer.siret }}>
            {offer.firm}
          </Link>
        </p>
      )}
    </Card>
  );
}

function Capabilities({ items }: { items: Capability[] }) {
  return (
    <Section
      title="Clauses auxquelles elle peut répondre"
      intro="Déclaré par l’entreprise ; « vérifié » quand l’équipe de Clausier a contrôlé la preuve."
    >
      {items.length === 0 && <Empty title="Aucune clause déclarée" />}
      {items.length > 0 && (
        <Rows label="Clauses déclarées">
          {items.map((one) => (
            <CapabilityRow key={one.clause_id} item={one} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function CapabilityRow({ item }: { item: Capability }) {
  return (
    <Row
      title={
        <Link to="/clauses/$id" params={{ id: item.clause_id }}>
          {item.clause_id} – {item.title}
        </Link>
      }
      facts={
        <Facts>
          <Level level={item.level} />
          <Badge tone={item.verified ? 'success' : 'neutral'}>{item.verified ? 'Vérifié' : 'Déclaré'}</Badge>
          <span>{capabilityFacts(item)}</span>
        </Facts>
      }
    />
  );
}

function Proofs({ items }: { items: Proof[] }) {
  const signed = Boolean(useSession()?.organisation);
  return (
    <Section title="Preuves">
      {items.length === 0 && <Empty title="Aucune preuve en cours de validité" />}
      {items.length > 0 && (
        <Rows label="Preuves">
          {items.map((one) => (
            <Row
              key={one.id}
              title={one.title}
              facts={proofFacts(one)}
              actions={
                one.file_name &&
                signed && (
                  <a href={`/api/v1/proofs/${one.id}/file`} download>
                    Télécharger<span className="hidden"> {one.title}</span>
                  </a>
                )
              }
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}
