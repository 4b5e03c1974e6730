import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { fieldId } from '../ui/Field';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Alert, Failure } from '../ui/State';
import type { Firm } from './api';
import { useRefreshFirm } from './refresh';

/** Many answers at once, from a file: all of it, or nothing and the faulty lines. */
export function Import({ firm }: { firm: Firm }) {
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState('');
  const refresh = useRefreshFirm(firm.siret);
  const form = useSubmit(
    () => {
      const sent = new FormData();
      if (file) sent.append('file', file);
      return unwrap(
        api.POST('/api/v1/capabilities/import', {
          body: sent as unknown as { file: string },
          bodySerializer: (body) => body as unknown as FormData,
        }),
      );
    },
    (answer) => {
      setSaid(answer.detail);
      refresh();
    },
  );
  const faults = Object.values(form.errors);
  return (
    <Section
      title="Importer un fichier"
      intro={
        <>
          CSV ou XLSX, une ligne par clause.{' '}
          <a href="/api/v1/capabilities/modele.csv">Télécharger le modèle</a>.
        </>
      }
    >
      {form.failure && <Failure error={form.failure} />}
      {faults.length > 0 && (
        <Alert>
          <Notice
            tone="danger"
            title="Rien n’a été enregistré : corrigez ces lignes, puis renvoyez le fichier"
          >
            <ul className="bullets">
              {faults.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Notice>
        </Alert>
      )}
      {said && faults.length === 0 && <Notice tone="success" title={said} live />}
      <label htmlFor={fieldId('import')}>Fichier à importer</label>
      <input
        id={fieldId('import')}
        type="file"
        accept=".csv,.xlsx,text/csv"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          setSaid('');
        }}
      />
      <Button className="start" off={!file} busy={form.busy} onClick={() => form.submit()}>
        Importer
      </Button>
    </Section>
  );
}
