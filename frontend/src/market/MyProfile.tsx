import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { isDemo } from '../frame/demo';
import { Button } from '../ui/Button';
import { Box } from '../ui/Card';
import { Checkbox, CheckboxGroup, RadioGroup } from '../ui/Choice';
import { Select, TextArea, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Failure, Said } from '../ui/State';
import type { Firm } from './api';
import { DepartmentSelect } from './Pickers';
import { tag, useRefreshFirm } from './refresh';
import { REGIONS } from './regions';
import { CONTACTS, STATUSES } from './words';

type Line = Firm['coverages'][number];
const KINDS = [
  { value: 'department', label: 'Un département' },
  { value: 'region', label: 'Une région' },
  { value: 'radius', label: 'Un rayon autour de l’établissement' },
  { value: 'commune', label: 'Une commune (code INSEE)' },
  { value: 'country', label: 'Toute la France' },
] as const;

export function MyProfile({ firm }: { firm: Firm }) {
  const [description, setDescription] = useState(firm.description);
  const [website, setWebsite] = useState(firm.website);
  const declared = firm.statuses.filter((one) => one.source === 'declared').map((one) => one.code as string);
  const [statuses, setStatuses] = useState(declared);
  const [contact, setContact] = useState<string>(firm.contact);
  const [email, setEmail] = useState(firm.contact_email);
  const [phone, setPhone] = useState(firm.contact_phone);
  const [listed, setListed] = useState(firm.listed);
  const [coverages, setCoverages] = useState<Line[]>(firm.coverages);
  const [saved, setSaved] = useState(false);
  const refresh = useRefreshFirm(firm.siret);
  const form = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/firms/{siret}', {
          params: { path: { siret: firm.siret }, header: tag(firm.version) },
          body: {
            description,
            website,
            declared_statuses: statuses as ('ess' | 'siae' | 'ea')[],
            contact: contact as Firm['contact'],
            contact_email: email,
            contact_phone: phone,
            listed,
            coverages: coverages.map(({ kind, code, radius_km }) => ({ kind, code, radius_km })),
          },
        }),
      ),
    () => {
      setSaved(true);
      refresh();
    },
  );
  const official = firm.statuses.filter((one) => one.source === 'official').map((one) => one.label);
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit()}>
      {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
      <TextArea
        name="description"
        label="Votre activité, en quelques phrases"
        rows={4}
        value={description}
        onChange={setDescription}
        error={form.errors['description']}
      />
      <TextField
        name="website"
        label="Site internet"
        optional
        hint="Par exemple https://www.exemple.fr"
        value={website}
        onChange={setWebsite}
        error={form.errors['website']}
      />
      <Section title="Où vous intervenez">
        <Coverages lines={coverages} change={setCoverages} />
      </Section>
      {official.length > 0 && (
        <Notice title={`Confirmé par le registre ${isDemo ? 'fictif' : 'public'} : ${official.join(', ')}`} />
      )}
      <CheckboxGroup
        name="declared_statuses"
        label="Statuts que vous déclarez"
        hint="Ils sont montrés comme déclarés, tant que le registre public ne les confirme pas."
        optional
        options={STATUSES}
        values={statuses}
        onChange={setStatuses}
      />
      <RadioGroup
        name="contact"
        label="Comment vous contacter"
        options={CONTACTS}
        value={contact}
        onChange={setContact}
      />
      <TextField
        name="contact_email"
        label="Courriel de contact"
        type="email"
        optional
        value={email}
        onChange={setEmail}
        error={form.errors['contact_email']}
      />
      <TextField
        name="contact_phone"
        label="Téléphone"
        optional
        width="medium"
        value={phone}
        onChange={setPhone}
        error={form.errors['contact_phone']}
      />
      <Checkbox
        name="listed"
        label="Montrer ma fiche dans l’annuaire et me compter dans la profondeur de marché"
        checked={listed}
        onChange={setListed}
      />
      {firm.may.includes('edit') && (
        <Actions>
          <Button type="submit" look="primary" busy={form.busy}>
            Enregistrer
          </Button>
          {saved && <Said>Fiche enregistrée</Said>}
        </Actions>
      )}
    </Form>
  );
}

function Coverages({ lines, change }: { lines: Line[]; change: (lines: Line[]) => void }) {
  const [kind, setKind] = useState('department');
  const [code, setCode] = useState('');
  const [radius, setRadius] = useState('50');
  const ready = kind === 'country' || (kind === 'radius' ? Number(radius) > 0 : Boolean(code));
  const name = KINDS.find((one) => one.value === kind)?.label ?? kind;
  const add = () => {
    const line = {
      kind: kind as Line['kind'],
      code: kind === 'radius' || kind === 'country' ? '' : code,
      name: kind === 'radius' ? `${radius} km autour de l’établissement` : code ? `${name} : ${code}` : name,
      radius_km: kind === 'radius' ? Math.min(500, Math.round(Number(radius))) : 0,
    };
    change([...lines.filter((one) => one.kind !== line.kind || one.code !== line.code), line]);
    setCode('');
  };
  return (
    <div className="stack">
      {lines.length > 0 && (
        <Rows label="Territoires">
          {lines.map((line) => (
            <Row
              key={`${line.kind}-${line.code}`}
              title={line.name}
              actions={
                <Button small about={line.name} onClick={() => change(lines.filter((one) => one !== line))}>
                  Retirer
                </Button>
              }
            />
          ))}
        </Rows>
      )}
      <Box sunken label="Ajouter un territoire">
        <Select
          name="coverage-kind"
          label="Ajouter un territoire"
          options={KINDS}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setCode('');
          }}
        />
        {kind === 'department' && (
          <DepartmentSelect name="coverage-code" none="Choisissez" value={code} onChange={setCode} />
        )}
        {kind === 'region' && (
          <Select
            name="coverage-region"
            label="Région"
            options={[{ value: '', label: 'Choisissez' }, ...REGIONS]}
            value={code}
            onChange={setCode}
          />
        )}
        {kind === 'commune' && (
          <TextField
            name="coverage-commune"
            label="Code INSEE de la commune"
            hint="Cinq caractères, par exemple 35238 pour Rennes. Ce n’est pas le code postal."
            width="short"
            value={code}
            onChange={setCode}
          />
        )}
        {kind === 'radius' && (
          <TextField
            name="coverage-radius"
            label="Rayon"
            unit="km"
            width="short"
            value={radius}
            onChange={setRadius}
            native={{ inputMode: 'numeric' }}
          />
        )}
        <Button className="start" off={!ready} onClick={add}>
          Ajouter ce territoire
        </Button>
      </Box>
    </div>
  );
}
