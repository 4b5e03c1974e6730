import { useState } from 'react';
import { required, useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { CheckboxGroup } from '../ui/Choice';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Failure, Said } from '../ui/State';
import { type EventChoice, held, useRefreshWebhooks, type Webhook } from './api';

/** A new webhook, or the one that is changed. */
export function Fields({
  item,
  choices,
  onSecret,
}: {
  item?: Webhook;
  choices: EventChoice[];
  onSecret?: (secret: string) => void;
}) {
  const suffix = item ? `-${item.id}` : '';
  const [name, setName] = useState(item?.name ?? '');
  const [url, setUrl] = useState(item?.url ?? '');
  const [events, setEvents] = useState<string[]>(item?.events ?? []);
  const [key, setKey] = useState(newKey);
  const [said, setSaid] = useState('');
  const refresh = useRefreshWebhooks();
  const form = useSubmit(
    async () => {
      const body = { name, url, events };
      if (item) {
        const params = held(item);
        return void (await unwrap(
          api.PUT('/api/v1/webhooks/{ident}', { params, body: { ...body, enabled: item.enabled } }),
        ));
      }
      const params = { header: { 'Idempotency-Key': key } };
      const made = await unwrap(api.POST('/api/v1/webhooks', { params, body }));
      onSecret?.(made.secret);
      setName('');
      setUrl('');
      setEvents([]);
      setKey(newKey());
    },
    () => {
      setSaid(item ? 'Changements enregistrés.' : 'Webhook ajouté.');
      refresh();
    },
  );
  /** Another demand than the one before: a key of its own. */
  const change = (set: () => void) => {
    set();
    setKey(newKey());
    setSaid('');
  };
  const submit = () =>
    form.submit({
      ...required(
        { name, url },
        { name: 'Donnez un nom à ce webhook', url: 'Donnez l’adresse de votre logiciel' },
      ),
      ...(events.length ? {} : { events: 'Choisissez au moins un événement' }),
    });
  const error = (field: string) => form.errors[field];
  const errors = Object.fromEntries(
    Object.entries(form.errors).map(([field, sentence]) => [`${field}${suffix}`, sentence]),
  );
  return (
    <Form errors={errors} attempt={form.attempt} onSubmit={submit}>
      {form.failure && <Failure error={form.failure} />}
      <TextField
        name={`name${suffix}`}
        label="Nom"
        hint="Le logiciel qui reçoit, par exemple « Intranet des achats »."
        width="medium"
        value={name}
        onChange={(value) => change(() => setName(value))}
        error={error('name')}
        native={{ autoComplete: 'off', maxLength: 80 }}
      />
      <TextField
        name={`url${suffix}`}
        label="Adresse appelée"
        hint="En https, sur un serveur public, sans compte ni mot de passe dedans."
        value={url}
        onChange={(value) => change(() => setUrl(value))}
        error={error('url')}
        native={{ autoComplete: 'off', maxLength: 500, inputMode: 'url' }}
      />
      <CheckboxGroup
        name={`events${suffix}`}
        label="Ce qui est annoncé"
        values={events}
        onChange={(values) => change(() => setEvents(values))}
        options={choices.map((one) => ({ value: one.code, label: one.label, hint: one.told }))}
        error={error('events')}
      />
      <div className="row">
        <Button type="submit" look="primary" busy={form.busy}>
          {item ? 'Enregistrer' : 'Ajouter le webhook'}
        </Button>
        <Said>{said}</Said>
      </div>
    </Form>
  );
}
