import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/problem';
import { moment } from '../../frame/french';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/Copy';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Page';
import { Row, Rows } from '../../ui/Rows';
import { Failure } from '../../ui/State';
import { save } from '../../frame/save';
import { makeFeed, revokeFeed, type Timeline } from './api';

/** The calendar in one's own calendar: a file once, or an address that it reads again. */
export function Feeds({ ident, timeline }: { ident: number; timeline: Timeline }) {
  const queries = useQueryClient();
  const [address, setAddress] = useState('');
  const refresh = () => void queries.invalidateQueries({ queryKey: ['files', ident, 'timeline'] });
  const make = useMutation({
    mutationFn: () => makeFeed(ident),
    onSuccess: (made) => {
      setAddress(made.address);
      refresh();
    },
  });
  const revoke = useMutation({
    mutationFn: (feed: number) => revokeFeed(ident, feed),
    onSuccess: () => {
      setAddress('');
      refresh();
    },
  });
  const error = make.error ?? revoke.error;
  return (
    <Section
      title="Dans votre agenda"
      intro="Les étapes et les contrôles à faire. Un fichier s’importe une fois ; une adresse d’abonnement suit les changements."
    >
      {error && <Failure error={error} />}
      <div className="row">
        <Ics ident={ident} />
        {timeline.may.includes('write') && (
          <Button busy={make.isPending} onClick={() => make.mutate()}>
            Créer une adresse d’abonnement
          </Button>
        )}
      </div>
      {address && (
        <Notice
          tone="success"
          live
          title="L’adresse est prête : copiez-la maintenant, elle ne sera plus montrée"
        >
          <p className="measure">
            <code>{address}</code>
          </p>
          <p>Quiconque a cette adresse lit le calendrier. Elle s’arrête si vous quittez l’organisation.</p>
          <CopyButton text={address} label="Copier l’adresse" />
        </Notice>
      )}
      {timeline.feeds.length > 0 && (
        <Rows label="Adresses d’abonnement">
          {timeline.feeds.map((feed) => (
            <Row
              key={feed.id}
              title={`Adresse créée le ${moment(feed.created_at)}`}
              facts={`par ${feed.created_by.name} ; ${feed.used_at ? `lue le ${moment(feed.used_at)}` : 'jamais lue'}`}
              actions={
                feed.may.includes('revoke') && (
                  <Button
                    small
                    look="quiet"
                    busy={revoke.isPending}
                    about={`créée le ${moment(feed.created_at)}`}
                    onClick={() => revoke.mutate(feed.id)}
                  >
                    Retirer l’adresse
                  </Button>
                )
              }
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function Ics({ ident }: { ident: number }) {
  const fetched = useMutation({
    mutationFn: async () => {
      const answer = await fetch(`/api/v1/purchases/${ident}/timeline.ics`);
      if (!answer.ok) throw problemOf(await answer.json(), answer);
      save({ content: await answer.blob(), name: 'calendrier.ics' });
    },
  });
  return (
    <>
      <Button busy={fetched.isPending} onClick={() => fetched.mutate()}>
        <Icon name="file" /> Télécharger l’agenda (ICS)
      </Button>
      {fetched.isError && <Failure error={fetched.error} />}
    </>
  );
}
