import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Skeleton } from '../ui/State';
import { webhooksQuery } from './api';
import { Fields } from './Fields';
import { OneWebhook } from './OneWebhook';
import { Secret } from './Secret';

const TITLE = 'Webhooks';

export function Webhooks() {
  return (
    <Gate need="signed" title={TITLE} why="Les webhooks sont ceux d’une organisation.">
      {(session) => (
        <Page
          title={TITLE}
          lead={
            <p>
              Vos logiciels sont prévenus dès que quelque chose change, par une demande signée.{' '}
              <Link to="/webhooks/signature">Ce qu’ils reçoivent, et vérifier une signature</Link>
            </p>
          }
        >
          {session.organisation ? (
            <Own organisation={session.organisation.name} />
          ) : (
            <Empty title="Aucune organisation active">
              <p>
                <Link to="/mon-organisation">Rejoindre une organisation, ou en créer une</Link>
              </p>
            </Empty>
          )}
        </Page>
      )}
    </Gate>
  );
}

function Own({ organisation }: { organisation: string }) {
  const query = useQuery(webhooksQuery);
  const [secret, setSecret] = useState('');
  if (query.isPending) return <Skeleton lines={4} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const { items, choices, may } = query.data;
  return (
    <div className="stack loose">
      <Secret secret={secret} onKept={() => setSecret('')} />
      <Section title={`Les webhooks de ${organisation}`}>
        {items.length === 0 && <Empty title="Aucun webhook pour l’instant" />}
        {items.map((item) => (
          <OneWebhook key={item.id} item={item} choices={choices} onSecret={setSecret} />
        ))}
      </Section>
      {may.includes('add') && (
        <Section title="Ajouter un webhook">
          <Fields choices={choices} onSecret={setSecret} />
        </Section>
      )}
      {!may.includes('add') && items.length < 10 && (
        <Notice title="Vous lisez seulement">
          <p>Un rédacteur ou un administrateur de l’organisation peut ajouter un webhook.</p>
        </Notice>
      )}
    </div>
  );
}
