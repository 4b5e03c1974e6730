import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { count, longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Box, Details } from '../ui/Card';
import { TextArea } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Badge, Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { type Respect, respectQuery } from './api';
import { FINDINGS } from './words';

const TITLE = 'Le dossier face à la charte';

export function RespectFile() {
  const { id } = useParams({ strict: false }) as { id: string };
  return (
    <Gate
      need="reader"
      side="buyer"
      title={TITLE}
      why="Le contrôle porte sur les dossiers de votre organisation."
    >
      {() => <One ident={Number(id) || 0} />}
    </Gate>
  );
}

function One({ ident }: { ident: number }) {
  const query = useQuery(respectQuery(ident));
  const crumbs = [
    { label: 'Charte', link: { to: '/charte' as const } },
    { label: 'Mes dossiers face à la charte', link: { to: '/charte/dossiers' as const } },
  ];
  return (
    <Page title={query.data?.title ?? TITLE} crumbs={crumbs}>
      {query.isPending && <Skeleton blocks={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Findings file={query.data} />}
    </Page>
  );
}

function Findings({ file }: { file: Respect }) {
  const open = file.findings.filter((one) => one.status !== 'not_applicable');
  const aside = file.findings.filter((one) => one.status === 'not_applicable');
  return (
    <>
      {file.described ? (
        <p className="lead">
          {count(file.covered, 'modalité respectée', 'modalités respectées')}, {file.missing} à compléter,{' '}
          {count(file.exceptions, 'exception justifiée', 'exceptions justifiées')}.
        </p>
      ) : (
        <Notice title="Ce dossier n’est pas encore contrôlé">
          <p>Donnez-lui un objet et une date de lancement.</p>
        </Notice>
      )}
      <p>
        <Link to="/dossiers/$id" params={{ id: String(file.id) }}>
          Ouvrir le dossier
        </Link>
      </p>
      {!file.may.length && (
        <p className="soft">Noter une exception demande le rôle de rédacteur dans l’organisation.</p>
      )}
      <Section title="Modalités">
        {open.map((one) => (
          <Modality key={one.rule} file={file} finding={one} />
        ))}
      </Section>
      {aside.length > 0 && (
        <Details summary={count(aside.length, 'modalité sans objet', 'modalités sans objet')}>
          <ul className="bullets">
            {aside.map((one) => (
              <li key={one.rule}>{one.title}</li>
            ))}
          </ul>
        </Details>
      )}
    </>
  );
}

function Modality({ file, finding }: { file: Respect; finding: Respect['findings'][number] }) {
  const look = FINDINGS[finding.status];
  const noted = file.noted.find((one) => one.modality === finding.rule);
  const writes =
    file.may.includes('except') && (noted || finding.status === 'missing' || finding.status === 'depends');
  return (
    <Box>
      <div className="row ends">
        <h3>{finding.title}</h3>
        <Badge tone={look.tone} icon={look.icon}>
          {finding.justified ? 'Exception justifiée' : look.word}
        </Badge>
      </div>
      <p>{finding.message}</p>
      {finding.suggestion && <p className="soft">{finding.suggestion}</p>}
      <p className="small soft">
        {finding.source} : {finding.article}
      </p>
      {noted && (
        <p className="small">
          Exception notée par {noted.by} le {longDate(noted.at)} : {noted.reason}
        </p>
      )}
      {writes && <Exception file={file} modality={finding.rule} title={finding.title} kept={noted?.reason} />}
    </Box>
  );
}

function Exception({
  file,
  modality,
  title,
  kept,
}: {
  file: Respect;
  modality: string;
  title: string;
  kept: string | undefined;
}) {
  const [reason, setReason] = useState(kept ?? '');
  const queries = useQueryClient();
  const done = (data: Respect) => {
    queries.setQueryData(respectQuery(file.id).queryKey, data);
    void queries.invalidateQueries({ queryKey: ['charter', 'respect', 'pages'] });
  };
  const params = { path: { ident: file.id, modality } };
  const write = useSubmit(
    () =>
      unwrap(api.PUT('/api/v1/charter/respect/{ident}/exceptions/{modality}', { params, body: { reason } })),
    done,
  );
  const remove = useSubmit(
    () => unwrap(api.DELETE('/api/v1/charter/respect/{ident}/exceptions/{modality}', { params })),
    done,
  );
  const name = `exception-${modality}`;
  const failure = write.failure ?? remove.failure;
  const short = reason.trim().length < 10 ? { [name]: 'Expliquez en dix caractères au moins.' } : {};
  return (
    <Details summary={`${kept ? 'Changer ou retirer l’exception' : 'Noter une exception'} : ${title}`}>
      <Form errors={write.errors} attempt={write.attempt} onSubmit={() => write.submit(short)}>
        {failure && <Failure error={failure} />}
        <TextArea
          name={name}
          label="Pourquoi ce dossier ne suit pas cette modalité"
          hint="Votre nom et la date sont gardés avec ce motif."
          value={reason}
          error={write.errors[name] ?? write.errors['reason']}
          onChange={setReason}
          native={{ maxLength: 2000 }}
        />
        <Actions>
          <Button type="submit" busy={write.busy}>
            Enregistrer l’exception
          </Button>
          {kept && (
            <Button busy={remove.busy} onClick={() => remove.submit()}>
              Retirer l’exception
            </Button>
          )}
        </Actions>
      </Form>
    </Details>
  );
}
