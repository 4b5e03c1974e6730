import { useState } from 'react';
import { api, newKey, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { RadioGroup } from '../ui/Choice';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Failure } from '../ui/State';
import { KINDS, type KindName, spacedSiret } from './labels';
import { useRefreshOrganisation } from './organisation';
import { required, useSubmit } from './submit';

type Found = {
  siret: string;
  status: 'found' | 'closed' | 'unknown' | 'unreachable';
  name: string;
  address: string;
  kind: KindName | null;
  registered: boolean;
};

/** By its SIRET: join an organisation that is here, or register it. */
export function JoinOrCreate({ folded }: { folded?: boolean }) {
  if (folded)
    return (
      <Details summary="Rejoindre ou inscrire une autre organisation">
        <Search />
      </Details>
    );
  return (
    <>
      <p className="lead">
        Donnez le SIRET de votre organisation : si elle est déjà inscrite, vous demandez à la rejoindre ;
        sinon vous l’inscrivez.
      </p>
      <Search />
    </>
  );
}

function Search() {
  const [siret, setSiret] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const form = useSubmit(
    () => unwrap(api.GET('/api/v1/organisations/lookup', { params: { query: { siret } } })),
    setFound,
  );
  return (
    <>
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() => {
          setFound(null);
          form.submit(required({ siret }, { siret: 'Tapez les quatorze chiffres du SIRET' }));
        }}
      >
        {form.failure && <Failure error={form.failure} />}
        <TextField
          name="siret"
          label="Numéro SIRET"
          hint="Quatorze chiffres, espaces permis."
          width="medium"
          value={siret}
          onChange={setSiret}
          error={form.errors['siret']}
          native={{ inputMode: 'numeric', autoComplete: 'off' }}
        />
        <Button type="submit" className="start" busy={form.busy}>
          Chercher
        </Button>
      </Form>
      {found && (found.registered ? <Join found={found} /> : <Create key={found.siret} found={found} />)}
    </>
  );
}

function Join({ found }: { found: Found }) {
  const [said, setSaid] = useState('');
  const refresh = useRefreshOrganisation();
  const join = useSubmit(
    () => unwrap(api.POST('/api/v1/organisations/join', { body: { siret: found.siret } })),
    (answer) => {
      setSaid(answer.detail);
      refresh();
    },
  );
  return (
    <Notice tone="info" title={`${found.name || spacedSiret(found.siret)} est déjà sur Clausier`} live>
      {join.failure && <Failure error={join.failure} />}
      <p>{said || 'Ses administrateurs recevront votre demande, avec votre nom et votre adresse.'}</p>
      {!said && (
        <Button look="primary" className="start" busy={join.busy} onClick={() => join.submit()}>
          Demander à la rejoindre
        </Button>
      )}
    </Notice>
  );
}

const SAID: Record<Found['status'], string> = {
  found: '',
  closed:
    'Le registre public dit que cet établissement est fermé. Utilisez le SIRET d’un établissement ouvert ; si le registre se trompe, continuez en tapant le nom.',
  unknown:
    'Le registre public n’a pas d’établissement ouvert à ce numéro, ou ne le diffuse pas. Vérifiez-le ; s’il est juste, continuez en tapant le nom.',
  unreachable:
    'Le registre public ne répond pas pour l’instant. Tapez le nom : la vérification se fera toute seule, plus tard.',
};

function Create({ found }: { found: Found }) {
  const [name, setName] = useState(found.name);
  const [kind, setKind] = useState<string>(found.kind ?? '');
  const [key] = useState(newKey);
  const refresh = useRefreshOrganisation();
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/organisations', {
          params: { header: { 'Idempotency-Key': key } },
          body: { siret: found.siret, kind: kind as KindName, name },
        }),
      ),
    refresh,
  );
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() =>
        form.submit(
          required({ name, kind }, { name: 'Tapez le nom de l’organisation', kind: 'Choisissez sa nature' }),
        )
      }
    >
      {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
      {found.status === 'found' ? (
        <Notice tone="success" title={found.name} live>
          <p>{found.address}</p>
        </Notice>
      ) : (
        <>
          <Notice tone="warning" title="À compléter à la main" live>
            <p>{SAID[found.status]}</p>
          </Notice>
          <TextField
            name="name"
            label="Nom de l’organisation"
            value={name}
            onChange={setName}
            error={form.errors['name']}
            native={{ autoComplete: 'organization' }}
          />
        </>
      )}
      <RadioGroup
        name="kind"
        label="Sa nature"
        value={kind}
        onChange={setKind}
        options={KINDS}
        error={form.errors['kind']}
      />
      <p className="measure soft">
        Vous en serez l’administrateur : vous pourrez inviter vos collègues, une fois votre compte protégé par
        un second facteur.
      </p>
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        Inscrire l’organisation
      </Button>
    </Form>
  );
}
