import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { api, done, unwrap } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Clause, Overlay as OverlayData } from '../api/types';
import { fieldErrors } from '../edition/errors';
import { parseNumber } from '../frame/french';
import { add, holds, remove } from '../purchases/basket';
import { draftStore } from '../purchases/draft';
import { Button } from '../ui/Button';
import { RadioGroup } from '../ui/Choice';
import { Confirm } from '../ui/Dialog';
import { TextArea, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Said, Skeleton } from '../ui/State';
import { clauseQuery, overlayQuery } from './api';
import { Changes } from './Versions';

const route = getRouteApi('/clauses/$id/adaptation');
const WHY = 'Vos mots et vos valeurs ne sont vus que de votre organisation : il faut savoir laquelle.';

export function Overlay() {
  const { id } = route.useParams();
  const title = `Adapter la clause ${id}`;
  return (
    <Gate need="reader" side="buyer" title={title} why={WHY}>
      {() => <Loaded key={id} id={id} title={title} />}
    </Gate>
  );
}

function Loaded({ id, title }: { id: string; title: string }) {
  const clause = useQuery(clauseQuery(id));
  const overlay = useQuery(overlayQuery(id));
  const crumbs = [
    { label: 'Bibliothèque', link: { to: '/clauses' as const } },
    { label: id, link: { to: '/clauses/$id' as const, params: { id } } },
  ];
  const error = clause.error ?? overlay.error;
  return (
    <Page
      title={title}
      crumbs={crumbs}
      lead={<p>Votre texte s’appuie sur une version de la bibliothèque. Seule votre organisation le voit.</p>}
    >
      {error && <Failure error={error} />}
      {!error && (clause.isPending || overlay.isPending) && <Skeleton blocks={2} />}
      {clause.data && overlay.data !== undefined && (
        <Own key={overlay.data?.version ?? 0} clause={clause.data} own={overlay.data} />
      )}
    </Page>
  );
}

/** Reads the answer of a change as what is now known. */
function useChange(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: () => Promise<OverlayData | void>) => change(),
    onSuccess: (answer) => queries.setQueryData(overlayQuery(id).queryKey, answer ?? null),
  });
}

const held = (id: string, own: OverlayData) => ({
  params: { path: { ident: id }, header: { 'If-Match': `"${own.version}"` } },
});

function Own({ clause, own }: { clause: Clause; own: OverlayData | null }) {
  const [asking, setAsking] = useState(false);
  const change = useChange(clause.id);
  return (
    <>
      {own?.moved && <Moved clause={clause} own={own} />}
      {own && <UseIt clause={clause} own={own} />}
      <Writing clause={clause} own={own} />
      {own && (
        <>
          <Section title="Ce qui diffère de la bibliothèque">
            <Changes found={own.diff} after="Votre texte" heading="h3" />
          </Section>
          {own.may.includes('delete') && (
            <Button look="quiet" className="start" onClick={() => setAsking(true)}>
              Revenir au texte de la bibliothèque
            </Button>
          )}
          <Confirm
            open={asking}
            title="Effacer votre texte ?"
            action="Effacer"
            onClose={() => setAsking(false)}
            onConfirm={() =>
              change.mutate(() => done(api.DELETE('/api/v1/clauses/{ident}/overlay', held(clause.id, own))))
            }
          >
            <p>Le texte de la bibliothèque reprend sa place. Les documents déjà composés ne changent pas.</p>
          </Confirm>
        </>
      )}
    </>
  );
}

function Moved({ clause, own }: { clause: Clause; own: OverlayData }) {
  const [keep, setKeep] = useState<'mine' | 'theirs'>('mine');
  const change = useChange(clause.id);
  const rebase = () =>
    change.mutate(() =>
      unwrap(
        api.POST('/api/v1/clauses/{ident}/overlay/rebase', {
          ...held(clause.id, own),
          body: { keep: own.conflicts.length ? keep : null },
        }),
      ),
    );
  return (
    <Notice tone="warning" title={`La bibliothèque a publié la version ${own.current_version}`}>
      <p>Votre texte part encore de la version {own.parent_version}. Il reste utilisable tel quel.</p>
      {own.conflicts.map((conflict) => (
        <div key={`${conflict.piece}-${conflict.base}`} className="stack tight">
          <p className="strong">Les deux ont changé ce passage du {conflict.piece} :</p>
          <p>Avant : {conflict.base || '(rien)'}</p>
          <p>Vous : {conflict.mine || '(retiré)'}</p>
          <p>La bibliothèque : {conflict.theirs || '(retiré)'}</p>
        </div>
      ))}
      {own.conflicts.length > 0 && (
        <RadioGroup
          name="garder"
          label="Quel passage garder ?"
          options={[
            { value: 'mine', label: 'Le vôtre' },
            { value: 'theirs', label: 'Celui de la bibliothèque' },
          ]}
          value={keep}
          onChange={(value) => setKeep(value as 'mine' | 'theirs')}
        />
      )}
      {own.may.includes('rebase') && (
        <Button className="start" busy={change.isPending} onClick={rebase}>
          Reprendre sur la version {own.current_version}
        </Button>
      )}
      {change.isError && <Failure error={change.error} kept="Rien n’a bougé." />}
    </Notice>
  );
}

/** Puts the own wording in the selection, in the place of the one of the library. */
function UseIt({ clause, own }: { clause: Clause; own: OverlayData }) {
  const [said, setSaid] = useState('');
  const take = () => {
    draftStore.write((draft) => {
      const bare = holds(draft, clause.id) ? remove(draft, clause.id) : draft;
      const piece = Object.keys(clause.wordings)[0] ?? '';
      const taken = add(bare, { ...clause, title: `${clause.title} (votre texte)`, piece });
      const values = Object.fromEntries(
        Object.entries(own.defaults).map(([name, value]) => [name, String(value).replace('.', ',')]),
      );
      const items = taken.items.map((item) =>
        item.clauseId === clause.id ? { ...item, overlay: true, values } : item,
      );
      return { ...taken, items };
    });
    setSaid('Votre texte est dans la sélection.');
  };
  return (
    <div className="row">
      <Button look="primary" onClick={take}>
        Mettre votre texte dans la sélection
      </Button>
      <Said>{said}</Said>
      <Link to="/selection">Voir ma sélection</Link>
    </div>
  );
}

const written = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value).replace('.', ',');

function Writing({ clause, own }: { clause: Clause; own: OverlayData | null }) {
  const variables = own?.variables ?? clause.variables;
  const start = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      variable.type === 'text' || variable.type === 'choice' || variable.type === 'date'
        ? String(variable.default ?? '')
        : written(variable.default),
    ]),
  );
  const [texts, setTexts] = useState<Record<string, string>>(own?.wordings ?? clause.wordings);
  const [values, setValues] = useState<Record<string, string>>(start);
  const [note, setNote] = useState(own?.note ?? '');
  const change = useChange(clause.id);
  const errors = Object.fromEntries(
    Object.entries(fieldErrors(change.error)).map(([name, text]) => [name.replace('/', '-'), text]),
  );
  const defaults = () => {
    const kept: Record<string, number | string> = { ...own?.defaults };
    for (const [name, typed] of Object.entries(values)) {
      if (typed !== start[name]) kept[name] = parseNumber(typed) ?? typed;
    }
    return kept;
  };
  const save = () =>
    change.mutate(() =>
      unwrap(
        api.PUT('/api/v1/clauses/{ident}/overlay', {
          params: { path: { ident: clause.id }, header: own ? { 'If-Match': `"${own.version}"` } : {} },
          body: {
            parent_version: own?.parent_version ?? clause.version,
            wordings: texts,
            defaults: defaults(),
            note,
          },
        }),
      ),
    );
  const conflict = change.error instanceof ApiProblem && change.error.status === 412;
  return (
    <Section title="Votre texte" intro="Laissez entre accolades les variables à remplir pour chaque marché.">
      <Form errors={errors} attempt={change.failureCount} onSubmit={save}>
        {change.isError && !Object.keys(errors).length && (
          <Failure
            error={change.error}
            kept={
              conflict ? 'Votre texte reste ici : rechargez pour voir l’autre.' : 'Votre texte reste ici.'
            }
          />
        )}
        {Object.entries(texts).map(([piece, text]) => (
          <TextArea
            key={piece}
            name={`wordings-${piece}`}
            label={`Texte du ${piece}`}
            rows={Math.min(16, Math.max(5, text.split('\n').length + 1))}
            value={text}
            error={errors[`wordings-${piece}`]}
            onChange={(value) => setTexts((was) => ({ ...was, [piece]: value }))}
          />
        ))}
        {Object.entries(variables).map(([name, variable]) => (
          <TextField
            key={name}
            name={`defaults-${name}`}
            label={`${variable.label} : valeur de départ`}
            width={variable.type === 'text' || variable.type === 'choice' ? 'full' : 'short'}
            unit={variable.unit}
            value={values[name] ?? ''}
            error={errors[`defaults-${name}`]}
            onChange={(value) => setValues((was) => ({ ...was, [name]: value }))}
          />
        ))}
        <TextArea
          name="note"
          label="Pourquoi ce texte"
          hint="Pour vos collègues."
          optional
          rows={2}
          value={note}
          onChange={setNote}
        />
        <Actions>
          <Button look="primary" type="submit" busy={change.isPending}>
            Enregistrer pour mon organisation
          </Button>
          <Said>{change.isSuccess ? 'Enregistré.' : ''}</Said>
        </Actions>
      </Form>
    </Section>
  );
}
