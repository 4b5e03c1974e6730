import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, done } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { EditProposal } from '../api/types';
import { useSettled } from '../frame/debounce';
import { Button } from '../ui/Button';
import { Select, TextArea } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Said } from '../ui/State';
import { acts, lintQuery, proposalQuery } from './api';
import { Check } from './Check';
import { fieldErrors } from './errors';
import { useAct } from './Proposal';
import { cut, join, withPiece } from './source';
import { KINDS, type Kind } from './words';

const PIECES = ['CCTP', 'CCAP', 'RC', 'AE', 'CRT', 'BPU', 'ANNEXE'];
const HEARTBEAT = 60_000;

/** Says to the others that somebody writes here, as long as something is typed and not saved. */
function usePen(id: number, writing: boolean) {
  useEffect(() => {
    if (!writing) return undefined;
    // Only an indication: a failure changes nothing for the writer.
    const tell = () =>
      void done(api.PUT('/api/v1/edition/proposals/{ident}/pen', { params: { path: { ident: id } } })).catch(
        () => {},
      );
    tell();
    const timer = setInterval(tell, HEARTBEAT);
    return () => clearInterval(timer);
  }, [id, writing]);
}

export function Editor({ row }: { row: EditProposal }) {
  const [source, setSource] = useState(row.source);
  const [kind, setKind] = useState<Kind>(row.kind);
  const [reason, setReason] = useState(row.reason);
  const act = useAct(row);
  const dirty = source !== row.source || kind !== row.kind || reason !== row.reason;
  usePen(row.id, dirty);
  const settled = useSettled(source, 600);
  const lint = useQuery(lintQuery(row.clause, settled));
  const save = () => act.mutate(() => acts.write(row, { source, kind, reason }));
  return (
    <Section
      title="Le texte proposé"
      intro="Le contrôle se fait pendant la frappe ; Ctrl et Entrée enregistrent, depuis n’importe quel champ."
    >
      <Form errors={fieldErrors(act.error)} attempt={act.failureCount} onSubmit={save}>
        {act.isError && <Conflict error={act.error} row={row} />}
        <Select
          name="kind"
          label="Pourquoi ce changement"
          options={row.new ? KINDS : KINDS.filter((one) => one.value !== 'creation')}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
        />
        <TextArea
          name="reason"
          label="Le motif, en une phrase"
          hint="Il entre dans le journal public de la clause."
          rows={2}
          value={reason}
          onChange={setReason}
        />
        <Fields source={source} onChange={setSource} />
        <Actions>
          <Button look="primary" type="submit" off={!dirty} busy={act.isPending}>
            Enregistrer
          </Button>
          <Said>{act.isSuccess && !dirty ? 'Enregistré.' : dirty ? 'Changements non enregistrés.' : ''}</Said>
        </Actions>
      </Form>
      <Check check={lint.data ?? row.check} source={settled} />
    </Section>
  );
}

/** Somebody saved meanwhile: the text typed here stays, and may be saved over theirs knowingly. */
function Conflict({ error, row }: { error: unknown; row: EditProposal }) {
  const queries = useQueryClient();
  if (!(error instanceof ApiProblem) || error.status !== 412) {
    return <Failure error={error} kept="Votre texte reste ici." />;
  }
  const refresh = () => void queries.invalidateQueries({ queryKey: proposalQuery(row.id).queryKey });
  return (
    <Notice tone="warning" title="Quelqu’un a enregistré entre-temps" live>
      <p>
        Votre texte reste ici. Relisez la comparaison plus bas, puis enregistrez de nouveau si vous le gardez.
      </p>
      <Button className="start" onClick={refresh}>
        Lire sa version
      </Button>
    </Notice>
  );
}

/** One field per piece and one for the card; a file that has not that form is written as one text. */
function Fields({ source, onChange }: { source: string; onChange: (source: string) => void }) {
  const [piece, setPiece] = useState('');
  const found = cut(source);
  if (!found) {
    return <TextArea name="source" label="Le fichier entier" rows={28} value={source} onChange={onChange} />;
  }
  const { card, parts } = found;
  const free = PIECES.filter((name) => !parts.some((part) => part.piece === name));
  return (
    <>
      {parts.map((part, index) => (
        <TextArea
          key={part.piece}
          name={`piece-${part.piece}`}
          label={`Texte du ${part.piece}`}
          rows={Math.min(20, Math.max(6, part.text.split('\n').length + 1))}
          value={part.text}
          onChange={(text) =>
            onChange(
              join(
                card,
                parts.map((one, place) => (place === index ? { ...one, text } : one)),
              ),
            )
          }
        />
      ))}
      <div className="row bottom">
        <Select
          name="piece"
          label="Ajouter un texte pour une pièce"
          options={[
            { value: '', label: 'Choisissez' },
            ...free.map((name) => ({ value: name, label: name })),
          ]}
          value={piece}
          onChange={setPiece}
        />
        <Button
          off={!piece}
          onClick={() => {
            onChange(withPiece(source, piece));
            setPiece('');
          }}
        >
          Ajouter
        </Button>
      </div>
      <TextArea
        name="source"
        label="Fiche de la clause"
        hint="Les champs du fichier, entre deux lignes « --- » : titre, niveau, variables, textes, preuves."
        rows={20}
        native={{ spellCheck: false }}
        value={card}
        onChange={(text) => onChange(join(text, parts))}
      />
    </>
  );
}
