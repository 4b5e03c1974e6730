import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, done, newKey, unwrap } from '../api/client';
import { list, moment } from '../frame/french';
import { Button } from '../ui/Button';
import { Card, Details } from '../ui/Card';
import { Confirm } from '../ui/Dialog';
import { Badge } from '../ui/Notice';
import { Failure, Said } from '../ui/State';
import { type EventChoice, held, useRefreshWebhooks, type Webhook } from './api';
import { Deliveries } from './Deliveries';
import { Fields } from './Fields';

const ENDED = {
  hand: 'Arrêté à la main',
  gone: 'Arrêté : l’adresse a répondu qu’elle n’existait plus (410)',
  failing: 'Arrêté : rien n’a abouti pendant trois jours',
};

export function OneWebhook({
  item,
  choices,
  onSecret,
}: {
  item: Webhook;
  choices: EventChoice[];
  onSecret: (secret: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const labels = item.events.map((code) => choices.find((one) => one.code === code)?.label ?? code);
  return (
    <Card>
      <div className="stack tight">
        <div className="row">
          <h3>{item.name}</h3>
          {item.ended ? (
            <Badge tone="danger" icon="stop">
              {ENDED[item.ended]}
            </Badge>
          ) : (
            <Badge tone="success" icon="check">
              Actif
            </Badge>
          )}
        </div>
        <p className="anywhere">{item.url}</p>
        <p className="small soft">
          {list(labels)}.{' '}
          {item.delivered_at ? `Dernier succès le ${moment(item.delivered_at)}.` : 'Encore aucun succès.'}
          {item.former_until && ` L’ancien secret signe aussi jusqu’au ${moment(item.former_until)}.`}
        </p>
        {item.may.length > 0 && <Acts item={item} onSecret={onSecret} />}
        {item.may.includes('edit') && (
          <Details summary={`Modifier « ${item.name} »`}>
            <Fields key={item.version} item={item} choices={choices} />
          </Details>
        )}
        <Button small className="start" about={item.name} onClick={() => setOpen(!open)}>
          {open ? 'Cacher les envois' : 'Voir les envois'}
        </Button>
        {open && <Deliveries webhook={item} />}
      </div>
    </Card>
  );
}

function Acts({ item, onSecret }: { item: Webhook; onSecret: (secret: string) => void }) {
  const [asked, setAsked] = useState<'' | 'remove' | 'rotate'>('');
  const [said, setSaid] = useState('');
  const refresh = useRefreshWebhooks();
  const after = (sentence: string) => () => {
    setSaid(sentence);
    refresh();
  };
  const test = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/webhooks/{ident}/test', {
          params: { path: { ident: item.id }, header: { 'Idempotency-Key': newKey() } },
        }),
      ),
    after('L’essai part : voyez les envois.'),
  );
  const toggle = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/webhooks/{ident}', {
          params: held(item),
          body: { name: item.name, url: item.url, events: item.events, enabled: !item.enabled },
        }),
      ),
    after(item.enabled ? 'Webhook arrêté.' : 'Webhook rétabli.'),
  );
  const rotate = useSubmit(
    () => unwrap(api.POST('/api/v1/webhooks/{ident}/rotation', { params: held(item) })),
    (made) => {
      onSecret(made.secret);
      after('Le secret est changé.')();
    },
  );
  const remove = useSubmit(
    () => done(api.DELETE('/api/v1/webhooks/{ident}', { params: { path: { ident: item.id } } })),
    after(''),
  );
  const failure = test.failure ?? toggle.failure ?? rotate.failure ?? remove.failure;
  return (
    <>
      {failure && <Failure error={failure} />}
      <div className="row">
        {item.may.includes('test') && (
          <Button small about={item.name} busy={test.busy} onClick={() => test.submit()}>
            Envoyer un essai
          </Button>
        )}
        <Button small about={item.name} busy={rotate.busy} onClick={() => setAsked('rotate')}>
          Changer le secret
        </Button>
        <Button small about={item.name} busy={toggle.busy} onClick={() => toggle.submit()}>
          {item.enabled ? 'Arrêter' : 'Rétablir'}
        </Button>
        <Button small look="danger" about={item.name} busy={remove.busy} onClick={() => setAsked('remove')}>
          Retirer
        </Button>
        <Said>{said}</Said>
      </div>
      <Confirm
        open={asked === 'rotate'}
        title={`Changer le secret de « ${item.name} » ?`}
        action="Changer le secret"
        onConfirm={() => {
          setAsked('');
          rotate.submit();
        }}
        onClose={() => setAsked('')}
      >
        <p>
          Le nouveau s’affiche une fois. Pendant vingt-quatre heures, chaque message porte les deux
          signatures.
        </p>
      </Confirm>
      <Confirm
        open={asked === 'remove'}
        title={`Retirer « ${item.name} » ?`}
        action="Retirer"
        onConfirm={() => {
          setAsked('');
          remove.submit();
        }}
        onClose={() => setAsked('')}
      >
        <p>La trace de ses envois disparaît aussi.</p>
      </Confirm>
    </>
  );
}
