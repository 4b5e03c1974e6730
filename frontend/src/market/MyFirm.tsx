import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { MyOrganisation } from '../api/types';
import { Button, ButtonLink } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { Tabs } from '../ui/Tabs';
import { type Firm, firmPageQuery } from './api';
import { MyCapabilities } from './MyCapabilities';
import { MyOffers } from './MyOffers';
import { MyProfile } from './MyProfile';
import { MyProofs } from './MyProofs';

const route = getRouteApi('/ma-fiche');
const TITLE = 'Ma fiche entreprise';

export function MyFirm() {
  return (
    <Gate
      need="reader"
      title={TITLE}
      why="Votre fiche est celle de votre entreprise : il faut un compte et son SIRET, quelques minutes suffisent."
    >
      {({ organisation }) =>
        organisation?.kind === 'firm' ? (
          <Mine key={organisation.id} organisation={organisation} />
        ) : (
          <Page title={TITLE} narrow>
            <Notice title="Vous agissez au nom d’un acheteur public">
              <p>Pour tenir une fiche, inscrivez ou choisissez votre entreprise.</p>
              <ButtonLink className="start" look="primary" to="/mon-organisation">
                Choisir mon organisation
              </ButtonLink>
            </Notice>
          </Page>
        )
      }
    </Gate>
  );
}

function Mine({ organisation }: { organisation: MyOrganisation }) {
  const query = useQuery(firmPageQuery(organisation.siret));
  if (query.data) return <Tabbed firm={query.data} />;
  const missing = query.error instanceof ApiProblem && query.error.status === 404;
  return (
    <Page title={TITLE} narrow>
      {query.isPending && <Skeleton blocks={2} />}
      {missing && <Start organisation={organisation} />}
      {query.isError && !missing && <Failure error={query.error} retry={() => void query.refetch()} />}
    </Page>
  );
}

function Start({ organisation }: { organisation: MyOrganisation }) {
  const client = useQueryClient();
  const [key] = useState(newKey);
  const make = useSubmit(
    () => unwrap(api.POST('/api/v1/firms', { params: { header: { 'Idempotency-Key': key } } })),
    (firm) => client.setQueryData(['firm', firm.siret], firm),
  );
  return (
    <div className="stack">
      <p className="lead">
        « {organisation.name} » n’a pas encore de fiche. Nous la créons avec ce que dit le registre public ;
        vous la complétez ensuite.
      </p>
      {make.failure && <Failure error={make.failure} />}
      {organisation.role === 'reader' ? (
        <p>Demandez à un rédacteur de votre entreprise de la créer.</p>
      ) : (
        <Button look="primary" className="start" busy={make.busy} onClick={() => make.submit()}>
          Créer la fiche
        </Button>
      )}
    </div>
  );
}

function Tabbed({ firm }: { firm: Firm }) {
  const { onglet = 'fiche' } = route.useSearch();
  const navigate = route.useNavigate();
  const tabs = [
    { id: 'fiche', title: 'Présentation', content: <MyProfile key={firm.version} firm={firm} /> },
    { id: 'offres', title: 'Offres', content: <MyOffers firm={firm} /> },
    { id: 'capacites', title: 'Clauses', content: <MyCapabilities firm={firm} /> },
    { id: 'preuves', title: 'Preuves', content: <MyProofs firm={firm} /> },
  ];
  const select = (tab: string) =>
    void navigate({ search: { onglet: tab as 'fiche' }, replace: true, resetScroll: false });
  return (
    <Page title={TITLE} lead={<p>{firm.name}</p>}>
      <Notice tone={firm.to_do.length ? 'info' : 'success'} title={`Fiche remplie à ${firm.completeness} %`}>
        {firm.to_do.length > 0 && <p>À faire : {firm.to_do.join(' ; ')}.</p>}
        <p>
          <Link to="/entreprises/$siret" params={{ siret: firm.siret }}>
            Voir ma fiche comme les acheteurs
          </Link>
        </p>
      </Notice>
      <Tabs label="Les parties de ma fiche" tabs={tabs} selected={onglet} onSelect={select} />
    </Page>
  );
}
