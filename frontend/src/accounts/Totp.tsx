import { useState } from 'react';
import { api, done, unwrap } from '../api/client';
import { count } from '../frame/french';
import { Button } from '../ui/Button';
import { Box } from '../ui/Card';
import { CopyButton } from '../ui/Copy';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Picture } from '../ui/Picture';
import { Failure } from '../ui/State';
import { useRefreshSession } from './api';
import { required, useSubmit } from './submit';

/** An application of codes, and the recovery codes that go with it. */
export function TotpSection({ totp, left }: { totp: boolean; left: number }) {
  const [codes, setCodes] = useState<string[]>([]);
  const refresh = useRefreshSession();
  const remove = useSubmit(
    () => done(api.DELETE('/api/v1/me/totp')),
    () => void refresh(),
  );
  const renew = useSubmit(
    () => unwrap(api.POST('/api/v1/me/recovery-codes')),
    (made) => {
      setCodes(made.codes);
      void refresh();
    },
  );
  const failure = remove.failure ?? renew.failure;
  return (
    <Section
      title="Application de codes"
      intro={
        totp
          ? `En service. Il vous reste ${count(left, 'code')} de secours.`
          : 'Un code à six chiffres, donné par une application de votre téléphone, en plus de la phrase de passe.'
      }
    >
      {failure && <Failure error={failure} />}
      {codes.length > 0 && <Codes codes={codes} onSeen={() => setCodes([])} />}
      {totp ? (
        <div className="row">
          <Button busy={renew.busy} onClick={() => renew.submit()}>
            Créer de nouveaux codes de secours
          </Button>
          <Button busy={remove.busy} onClick={() => remove.submit()}>
            Retirer l’application de codes
          </Button>
        </div>
      ) : (
        <AddTotp onCodes={setCodes} />
      )}
    </Section>
  );
}

function Codes({ codes, onSeen }: { codes: string[]; onSeen: () => void }) {
  return (
    <Notice tone="warning" title="Gardez ces dix codes de secours" live>
      <p>
        Chacun ouvre votre compte une fois, si vous perdez votre téléphone. Ils ne seront plus affichés :
        imprimez-les ou rangez-les dans un gestionnaire de mots de passe.
      </p>
      <ul className="bullets">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <CopyButton text={codes.join('\n')} label="Copier les codes" />
        <Button onClick={onSeen}>Je les ai gardés</Button>
      </div>
    </Notice>
  );
}

function AddTotp({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const [code, setCode] = useState('');
  const [begun, setBegun] = useState<{ secret: string; qr: string } | null>(null);
  const refresh = useRefreshSession();
  const begin = useSubmit(() => unwrap(api.POST('/api/v1/me/totp')), setBegun);
  const confirm = useSubmit(
    () => unwrap(api.POST('/api/v1/me/totp/confirm', { body: { code } })),
    (made) => {
      setBegun(null);
      onCodes(made.codes);
      void refresh();
    },
  );
  if (!begun)
    return (
      <>
        {begin.failure && <Failure error={begin.failure} />}
        <Button className="start" busy={begin.busy} onClick={() => begin.submit()}>
          Ajouter une application de codes
        </Button>
      </>
    );
  return (
    <Box>
      <p>
        Photographiez ce carré avec l’application, ou tapez-y la clé ; puis recopiez le code qu’elle affiche.
      </p>
      <Picture source={begun.qr} words="Code QR à photographier avec l’application de codes" />
      <p>
        Clé à taper : <code>{begun.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      </p>
      <Form
        errors={confirm.errors}
        attempt={confirm.attempt}
        onSubmit={() => confirm.submit(required({ code }, { code: 'Tapez le code à six chiffres' }))}
      >
        {confirm.failure && <Failure error={confirm.failure} />}
        <TextField
          name="code"
          label="Code à six chiffres"
          width="short"
          value={code}
          onChange={setCode}
          error={confirm.errors['code']}
          native={{ autoComplete: 'one-time-code', inputMode: 'numeric' }}
        />
        <div className="row">
          <Button type="submit" look="primary" busy={confirm.busy}>
            Mettre en service
          </Button>
          <Button onClick={() => setBegun(null)}>Annuler</Button>
        </div>
      </Form>
    </Box>
  );
}
