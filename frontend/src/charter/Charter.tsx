import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Charter as CharterData } from '../api/types';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { Commitments } from '../ui/Commitments';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { Select } from '../ui/Field';
import { ButtonLink } from '../ui/Button';
import { charterQuery } from '../law/api';
import { longDate } from '../frame/french';
import { registerQuery, versionQuery, versionsQuery } from './api';
import { Places } from './Places';

export function Charter() {
  const { version } = useSearch({ strict: false }) as { version?: number };
  const query = useQuery(charterQuery);
  const old = useQuery({ ...versionQuery(version ?? 0), enabled: version !== undefined });
  const shown = version === undefined ? query : old;
  const text = version === undefined ? query.data : (old.data?.content as CharterData | undefined);
  return (
    <Page
      title="La charte de l’achat circulaire"
      lead="Dix engagements, chacun vérifiable. L’Assistant contrôle ceux qui se lisent dans un marché."
    >
      <Places />
      <Signed />
      <Versions shown={version} />
      {shown.isPending && <Skeleton blocks={4} />}
      {shown.isError && <Failure error={shown.error} retry={() => void shown.refetch()} />}
      {text && <CharterText charter={text} />}
    </Page>
  );
}

function Signed() {
  const query = useQuery(registerQuery({}));
  return (
    <div className="row no-print">
      <ButtonLink look="primary" to="/charte/adhesion">
        Adhérer
      </ButtonLink>
      {query.data && (
        <Link to="/charte/signataires">
          {query.data.count
            ? `${query.data.count} organisme${query.data.count > 1 ? 's' : ''} signataire${query.data.count > 1 ? 's' : ''}`
            : 'Le registre des signataires'}
        </Link>
      )}
    </div>
  );
}

function Versions({ shown }: { shown: number | undefined }) {
  const query = useQuery(versionsQuery);
  const navigate = useNavigate();
  if (!query.data) return null;
  const { items, current } = query.data;
  return (
    <>
      <Select
        name="version"
        label="Version"
        value={String(shown ?? current)}
        onChange={(value) =>
          void navigate({
            to: '/charte',
            search: Number(value) === current ? {} : { version: Number(value) },
          })
        }
        options={items.map((one) => ({
          value: String(one.number),
          label: `Version ${one.number}, ${one.number === current ? 'en vigueur ' : ''}depuis le ${longDate(one.since)}`,
        }))}
      />
      {shown !== undefined && shown !== current && (
        <Notice tone="warning" title={`Vous lisez la version ${shown}`}>
          <p>
            <Link to="/charte">Lire la version en vigueur</Link>
          </p>
        </Notice>
      )}
    </>
  );
}

function CharterText({ charter }: { charter: CharterData }) {
  return (
    <>
      <Button className="start" onClick={() => window.print()}>
        Imprimer la charte
      </Button>
      <h2>{charter.name}</h2>
      <Commitments
        entries={charter.commitments.map((commitment) => ({
          code: commitment.code,
          title: commitment.title,
          body: <Commitment commitment={commitment} />,
        }))}
      />
      <Section title="Gouvernance">
        <p className="measure">{charter.governance}</p>
      </Section>
      <Notice tone="neutral" title="D’où vient ce texte">
        <p>{charter.source}</p>
      </Notice>
    </>
  );
}

function Commitment({ commitment }: { commitment: CharterData['commitments'][number] }) {
  return (
    <>
      <p className="measure">{commitment.text}</p>
      <p className="measure soft">{commitment.why}</p>
      {commitment.indicators.length > 0 && (
        <p className="measure">
          <strong>Mesuré par : </strong>
          {commitment.indicators.map((i) => (i.unit ? `${i.name} (${i.unit})` : i.name)).join(' ; ')}.
        </p>
      )}
      <div className="no-print stack tight">
        {commitment.modalities.length > 0 && (
          <Details
            summary={
              <>
                Ce que l’Assistant vérifie<span className="hidden"> pour l’engagement {commitment.code}</span>
              </>
            }
          >
            <ul className="bullets">
              {commitment.modalities.map((modality) => (
                <li key={modality.id}>
                  <strong>{modality.title}.</strong> {modality.why}
                </li>
              ))}
            </ul>
          </Details>
        )}
        <p>
          <Link to="/clauses" search={{ commitment: commitment.code }}>
            Clauses qui servent cet engagement<span className="hidden"> : {commitment.title}</span>
          </Link>
        </p>
      </div>
    </>
  );
}
