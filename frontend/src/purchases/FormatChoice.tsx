import { CheckboxGroup, DateField } from '../ui/Choice';
import type { Draft } from './draft';
import { type Format, FORMATS } from './bodies';
import { setOutput } from './output';

const LABELS: Record<Format, { label: string; hint: string }> = {
  docx: { label: 'DOCX', hint: 'Pour Word et LibreOffice, à modifier.' },
  odt: { label: 'ODT', hint: 'Le même texte au format ouvert.' },
  pdf: { label: 'PDF', hint: 'Pour publier, accessible et paginé.' },
  xlsx: { label: 'XLSX', hint: 'Cadre de réponse, bordereau et suivi, à remplir.' },
  ics: { label: 'ICS', hint: 'Les échéances du suivi, pour votre agenda.' },
};

/** The formats, and the date that the calendar counts from. */
export function FormatChoice({
  draft,
  conversions,
  errors,
}: {
  draft: Draft;
  /** Whether the server can make ODT and PDF; undefined until it has said so. */
  conversions: boolean | undefined;
  errors: Record<string, string>;
}) {
  const { output } = draft;
  const offered = FORMATS.filter((form) => conversions !== false || (form !== 'odt' && form !== 'pdf'));
  return (
    <>
      <CheckboxGroup
        name="formats"
        label="Formats"
        look="cards"
        hint={
          conversions === false
            ? 'Ce serveur n’a pas LibreOffice : pour un ODT ou un PDF, enregistrez le DOCX sous ce format.'
            : 'Une pièce vient dans chaque format coché qui existe pour elle, sinon dans son format usuel.'
        }
        error={errors['formats']}
        options={offered.map((form) => ({ value: form, ...LABELS[form] }))}
        values={output.formats}
        onChange={(formats) => setOutput({ formats: FORMATS.filter((form) => formats.includes(form)) })}
      />
      {output.pieces.includes('SUIVI') && (
        <DateField
          name="contractStart"
          label="Date de début du marché"
          optional={!output.formats.includes('ics')}
          hint="Les échéances du suivi sont comptées à partir d’elle, par exemple 15 03 2027."
          error={errors['contractStart']}
          value={output.contractStart}
          onChange={(contractStart) => setOutput({ contractStart })}
        />
      )}
    </>
  );
}
