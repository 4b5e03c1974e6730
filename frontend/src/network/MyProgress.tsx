import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../accounts/session';
import { count, number } from '../frame/french';
import { Row, Rows } from '../ui/Rows';
import { Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { type Progress, progressQuery } from './progressApi';

/** What the account keeps: paths with their attestation, the share of trained buyers. */
export function MyProgress() {
  const session = useSession();
  if (!session) return null;
  if (!session.person)
    return (
      <Section title="Ma progression">
        <p className="measure">
          <Link to="/connexion" search={{ retour: '/formation' }}>
            Connectez-vous
          </Link>{' '}
          pour garder vos résultats, obtenir une attestation et compter dans la part d’acheteurs formés de
          votre organisation.
        </p>
      </Section>
    );
  return <Kept />;
}

function Kept() {
  const query = useQuery(progressQuery);
  if (query.isPending) return <Skeleton lines={3} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <Section
        title="Ma progression"
        intro="Un module est réussi à 70 % de bonnes réponses. Un parcours terminé donne une attestation."
      >
        <Rows label="Parcours">
          {query.data.paths.map((path) => (
            <Row
              key={path.audience}
              title={path.title}
              facts={`${path.passed} sur ${count(path.modules.length, 'module')} réussis`}
              actions={
                path.finished ? (
                  <>
                    <Attestation audience={path.audience} form="docx" title={path.title} />
                    <Attestation audience={path.audience} form="pdf" title={path.title} />
                  </>
                ) : undefined
              }
            />
          ))}
        </Rows>
      </Section>
      {query.data.team && <Team team={query.data.team} />}
    </>
  );
}

function Attestation({ audience, form, title }: { audience: string; form: 'docx' | 'pdf'; title: string }) {
  return (
    <a href={`/api/v1/network/progress/attestations/${audience}?format=${form}`} download>
      Attestation {form.toUpperCase()}
      <span className="hidden"> : {title}</span>
    </a>
  );
}

function Team({ team }: { team: NonNullable<Progress['team']> }) {
  return (
    <Section title="Les acheteurs de mon organisation" intro={team.organisation}>
      {team.percent === null ? (
        <p>Personne n’a encore le rôle de rédacteur ou d’administrateur dans cette organisation.</p>
      ) : (
        <p className="measure">
          <strong>{`${team.percent} % des acheteurs formés`}</strong>
          {` : ${team.trained} sur ${team.buyers} ont réussi tout le parcours des acheteurs, pour ${number(
            Math.round(team.minutes / 6) / 10,
          )} heures de formation en tout. `}
          <Link to="/charte">La charte vise 100 % (engagement C9).</Link>
        </p>
      )}
      {team.people.length > 0 && (
        <Rows label="Progression par personne">
          {team.people.map((one) => (
            <Row
              key={one.name}
              title={one.name}
              facts={
                one.finished
                  ? 'Parcours terminé'
                  : `${one.passed} sur ${count(team.modules, 'module')} réussis`
              }
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}
