import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, done } from '../api/client';
import { type ApiProblem, explain } from '../api/problem';
import { parseNumber } from '../frame/french';
import { Button } from '../ui/Button';
import { DropZone } from '../ui/DropZone';
import { NumberField, Select, TextField } from '../ui/Field';
import { Actions, type Errors, Form } from '../ui/Form';
import { Failure, Said } from '../ui/State';
import { declare, joinProof, type Series, useRefreshCharter } from './api';

const LARGEST = 5 * 1024 * 1024;
/** What the files do not tell; of training, people may have followed some elsewhere. */
const DECLARABLE = new Set(['declared', 'training', 'training_hours']);

/** « Saisir mon bilan » : a figure, its period, its proof. */
export function Declare({ series, year }: { series: Series[]; year: number }) {
  const offered = series.filter((one) => DECLARABLE.has(one.indicator.measured));
  const [code, setCode] = useState(offered[0]?.indicator.code ?? '');
  const [period, setPeriod] = useState(String(year));
  const [value, setValue] = useState('');
  const [note, setNote] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const [said, setSaid] = useState('');
  const [proofFault, setProofFault] = useState<ApiProblem | null>(null);
  const refresh = useRefreshCharter();
  const chosen = offered.find((one) => one.indicator.code === code);
  const cells = chosen ? [...chosen.cells, chosen.year] : [];
  const kept = cells.find((cell) => cell.period === period)?.declared ?? null;
  const number = parseNumber(value);
  const send = useSubmit(
    async () => {
      const row = await declare(code, period, number ?? 0, note, kept?.version ?? null);
      if (!files[0]) return null;
      // The figure is kept whatever becomes of its document: the form says so and only asks for the document again.
      return joinProof(row.id, files[0]).then(
        () => null,
        (error: unknown) => explain(error),
      );
    },
    (refused) => {
      setSaid(
        refused
          ? 'Le chiffre est enregistré, sans sa pièce. Choisissez-en une autre, puis enregistrez de nouveau.'
          : 'Enregistré.',
      );
      setProofFault(refused);
      if (!refused) setFiles([]);
      // The form stays busy until it knows the version that the next save replaces.
      return refresh();
    },
  );
  const remove = useSubmit(
    () =>
      done(
        api.DELETE('/api/v1/charter/figures/{code}/{period}', {
          params: { path: { code, period }, header: { 'If-Match': `"${kept?.version ?? 0}"` } },
        }),
      ),
    () => {
      setSaid('Retiré : ce chiffre est de nouveau non déclaré.');
      refresh();
    },
  );
  const failure = send.failure ?? remove.failure;
  const wrong: Errors =
    number === null || number < 0 ? { valeur: 'Écrivez un nombre, par exemple 12 ou 12,5.' } : {};
  if (files[0] && files[0].size > LARGEST) wrong['piece'] = 'Cette pièce dépasse 5 Mo.';
  return (
    <Form
      errors={send.errors}
      attempt={send.attempt}
      onSubmit={() => {
        setSaid('');
        setProofFault(null);
        send.submit(wrong);
      }}
    >
      {failure && <Failure error={failure} />}
      <Select
        name="indicateur"
        label="Indicateur"
        value={code}
        onChange={setCode}
        options={offered.map((one) => ({ value: one.indicator.code, label: one.indicator.name }))}
      />
      <Select
        name="periode"
        label="Période"
        value={period}
        onChange={setPeriod}
        options={[String(year), ...(chosen?.cells.map((cell) => cell.period) ?? [])].map((one) => ({
          value: one,
          label: one.includes('T') ? `Trimestre ${one.slice(-1)} de ${one.slice(0, 4)}` : `Année ${one}`,
        }))}
      />
      <NumberField
        name="valeur"
        label="Valeur"
        hint={
          kept
            ? `Déjà déclaré : ${kept.value}. Une nouvelle valeur la remplace.`
            : 'Laissez vide ce que vous ne connaissez pas.'
        }
        unit={chosen?.indicator.unit ?? ''}
        value={value}
        error={send.errors['valeur'] ?? send.errors['value']}
        onChange={setValue}
      />
      <TextField
        name="note"
        label="D’où vient ce chiffre"
        optional
        value={note}
        onChange={setNote}
        native={{ maxLength: 1000 }}
      />
      <DropZone
        name="piece"
        label="Pièce jointe (facultatif)"
        hint="PDF, PNG, JPEG, DOCX ou ODT, 5 Mo au plus. Elle s’enregistre avec le chiffre."
        accept=".pdf,.png,.jpg,.jpeg,.docx,.odt"
        error={send.errors['piece'] ?? (proofFault ? proofFault.detail : undefined)}
        files={files}
        onFiles={setFiles}
      />
      <Actions>
        <Button type="submit" look="primary" busy={send.busy}>
          Enregistrer
        </Button>
        {kept && (
          <Button busy={remove.busy} onClick={() => remove.submit()}>
            Retirer ce chiffre
          </Button>
        )}
        {said && <Said>{said}</Said>}
      </Actions>
    </Form>
  );
}
