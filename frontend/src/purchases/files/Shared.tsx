import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { tokenInAddress } from '../../accounts/api';
import { useSubmit } from '../../accounts/submit';
import type { SharedFile } from '../../api/types';
import { list, longDate, moment } from '../../frame/french';
import { Button } from '../../ui/Button';
import { Card, Facts } from '../../ui/Card';
import { Select, TextArea, TextField } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Level } from '../../ui/Notice';
import { Page, Section } from '../../ui/Page';
import { Row, Rows } from '../../ui/Rows';
import { Empty, Failure, Skeleton, Status } from '../../ui/State';
import { authorOf, clauseOptions } from './Comments';
import { useFamilies } from './families';
import { commentShared, sharedQuery } from './traceApi';

const TITLE = 'Dossier partagé';

/** A file through a link: the token stands after the « # », that no server sees. */
export function Shared() {
  const [token] = useState(tokenInAddress);
  const query = useQuery({ ...sharedQuery(token), enabled: token.length >= 20 });
  if (query.data) return <Shown file={query.data} token={token} />;
  return (
    <Page title={TITLE} narrow>
      {token.length < 20 ? (
        <Empty title="Il manque la fin du lien">
          <p>Copiez le lien entier, y compris ce qui suit le signe « # », ou demandez-le de nouveau.</p>
        </Empty>
      ) : query.isError ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton blocks={2} />
      )}
    </Page>
  );
}

function Shown({ file, token }: { file: SharedFile; token: string }) {
  const families = useFamilies();
  const named = file.families.map((code) => families.find((one) => one.value === code)?.label ?? code);
  return (
    <Page title={file.title} lead={`Dossier partagé par ${file.organisation}.`} narrow>
      <Facts>
        {file.object && file.object !== file.title && <span>{file.object}</span>}
        {file.launch_date && <span>lancement le {longDate(file.launch_date)}</span>}
        {named.length > 0 && <span>{named.join(', ')}</span>}
        {file.lots.length > 0 && <span>{list(file.lots)}</span>}
        <span>
          version {file.revision}, modifiée le {moment(file.updated_at)}
        </span>
        <span>lien valable jusqu’au {moment(file.expires_at)}</span>
      </Facts>
      <Section title="Clauses choisies">
        {!file.clauses.length && <Empty title="Aucune clause choisie pour l’instant" />}
        <ol className="plain stack tight">
          {file.clauses.map((clause) => (
            <li key={clause.id}>
              <Clause clause={clause} />
            </li>
          ))}
        </ol>
      </Section>
      <Section title="Commentaires">
        {!file.comments.length && <Empty title="Aucun commentaire" />}
        {file.comments.length > 0 && (
          <Rows label="Commentaires">
            {file.comments.map((comment) => (
              <Row
                key={comment.id}
                title={comment.text}
                facts={
                  <>
                    {authorOf(comment)}, le {moment(comment.at)}
                    {comment.clause_id && ` · sur ${comment.clause_id}`}
                    {comment.resolved_at && ' · clos'}
                  </>
                }
              />
            ))}
          </Rows>
        )}
        {file.may.includes('comment') && <Write file={file} token={token} />}
      </Section>
    </Page>
  );
}

function Clause({ clause }: { clause: SharedFile['clauses'][number] }) {
  const values = Object.entries(clause.values).map(
    ([name, value]) => `${name.replaceAll('_', ' ')} : ${value}`,
  );
  return (
    <Card>
      <div className="stack tight">
        <h3>
          <Link to="/clauses/$id" params={{ id: clause.id }}>
            {clause.title}
          </Link>
        </h3>
        <Facts>
          <span>
            {clause.id} version {clause.version}
          </span>
          <span>{clause.piece}</span>
          <Level level={clause.level} />
          {clause.lots.length > 0 && <span>lots {list(clause.lots)}</span>}
        </Facts>
        {values.length > 0 && <p className="small">{values.join(' ; ')}</p>}
        {clause.reason && <p className="small soft">Raison : {clause.reason}</p>}
      </div>
    </Card>
  );
}

function Write({ file, token }: { file: SharedFile; token: string }) {
  const queries = useQueryClient();
  const [signed, setSigned] = useState('');
  const [text, setText] = useState('');
  const [clause, setClause] = useState('');
  const [said, setSaid] = useState('');
  const send = useSubmit(
    () => commentShared(token, { text, signed, clause_id: clause || null }),
    () => {
      setText('');
      setSaid('Votre commentaire est envoyé.');
      void queries.invalidateQueries({ queryKey: ['shared'] });
    },
  );
  const held = file.clauses.map(({ id, title }) => ({ clauseId: id, title }));
  const check = () => ({
    ...(signed.trim() ? {} : { signed: 'Dites qui vous êtes' }),
    ...(text.trim() ? {} : { text: 'Écrivez votre commentaire' }),
  });
  return (
    <Form onSubmit={() => send.submit(check())} errors={send.errors} attempt={send.attempt}>
      {send.failure && <Failure error={send.failure} kept="Votre texte est gardé ici." />}
      <Status silent={!said}>{said}</Status>
      <TextField
        name="signed"
        label="Votre nom et votre service"
        value={signed}
        onChange={setSigned}
        error={send.errors['signed']}
        native={{ maxLength: 120, autoComplete: 'name' }}
      />
      <Select
        name="clause"
        label="Sur quoi"
        width="full"
        value={clause}
        onChange={setClause}
        options={[{ value: '', label: 'Le dossier entier' }, ...clauseOptions(held)]}
      />
      <TextArea
        name="text"
        label="Votre commentaire"
        value={text}
        onChange={setText}
        error={send.errors['text']}
        native={{ maxLength: 5000 }}
      />
      <Button type="submit" className="start" busy={send.busy}>
        Envoyer le commentaire
      </Button>
    </Form>
  );
}
