import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FieldCodes, LotCodes, Publication } from '../api/types';
import { useSettled } from '../frame/debounce';
import { Button } from '../ui/Button';
import { Box, Details } from '../ui/Card';
import { CheckboxGroup } from '../ui/Choice';
import { CopyButton } from '../ui/Copy';
import { TextArea } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Badge, Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { save } from '../frame/save';
import { checkBody } from './bodies';
import type { KnownClauses } from './clauses';
import { type CodeOverride, type Draft, draftStore } from './draft';
import { Refused } from './SimulationResult';
import { publicationQuery } from './toolsApi';

/** The codes of the notice and of the open data, as the basket gives them; the buyer may set them, with a reason. */
export function PublicationCodes({ draft, known }: { draft: Draft; known: KnownClauses }) {
  const body = useSettled(checkBody(draft, known.byId));
  // A change counts once it has its reason.
  const overrides = useSettled(draft.codes.filter((one) => one.reason.trim()));
  const query = useQuery(publicationQuery(body, overrides));
  const client = useQueryClient();
  // What is on screen may be a moment behind the basket: the files never are.
  const files = async () => {
    const reasoned = draft.codes.filter((one) => one.reason.trim());
    return (await client.fetchQuery(publicationQuery(checkBody(draft, known.byId), reasoned))).files;
  };
  return (
    <Section
      title="Codes à publier"
      intro="Ce que l’avis et les données essentielles diront de votre marché, déduit de vos clauses. L’OCDS suit les codes eForms."
    >
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Refused error={query.error} retry={() => void query.refetch()} />}
      {query.data?.lots.map((lot) => (
        <Lot key={lot.lot ?? ''} lot={lot} codes={draft.codes} />
      ))}
      {query.data && <Files shown={query.data.files} files={files} />}
    </Section>
  );
}

function Lot({ lot, codes }: { lot: LotCodes; codes: CodeOverride[] }) {
  const Heading = lot.lot ? 'h4' : 'h3';
  return (
    <div className="stack">
      {lot.lot && <h3>Lot {lot.lot}</h3>}
      {lot.fields.map((field) => (
        <Field
          key={field.field}
          field={field}
          lot={lot.lot}
          own={codes.find((one) => one.field === field.field && one.lot === lot.lot)}
        />
      ))}
      {Object.entries(lot.descriptions).map(([code, text]) => (
        <Box key={code}>
          <Heading>BT-777, description pour le code {code}</Heading>
          <p>{text}</p>
          <CopyButton text={text} label="Copier la description" about={code} />
        </Box>
      ))}
    </div>
  );
}

const nameOf = (field: FieldCodes) =>
  field.standard === 'DECP' ? field.label : `${field.field}, ${field.label}`;

function Field({
  field,
  lot,
  own,
}: {
  field: FieldCodes;
  lot: string | null;
  own: CodeOverride | undefined;
}) {
  const name = nameOf(field);
  const Heading = lot ? 'h4' : 'h3';
  const label = (code: string) => field.options.find((option) => option.code === code)?.label ?? code;
  return (
    <Box>
      <div className="row ends">
        <Heading>{name}</Heading>
        <div className="row tight">
          <Badge>{field.standard === 'DECP' ? 'Données essentielles' : 'Avis européen'}</Badge>
          {field.overridden && <Badge tone="info">Modifié par vous</Badge>}
        </div>
      </div>
      {field.codes.length ? (
        <ul className="bullets">
          {field.codes.map((code) => (
            <li key={code}>
              <strong>{label(code)}</strong>
              {label(code) !== code && ` (${code})`}
              <Why field={field} code={code} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="soft">Aucun code : rien dans votre sélection ne le demande.</p>
      )}
      {field.contradictions.length > 0 && (
        <Notice tone="warning" live title="À mettre en accord">
          {field.contradictions.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      <div className="row">
        {field.codes.length > 0 && (
          <CopyButton look="quiet" text={field.codes.join(', ')} label="Copier les codes" about={name} />
        )}
      </div>
      <Edit field={field} lot={lot} own={own} name={name} />
    </Box>
  );
}

function Why({ field, code }: { field: FieldCodes; code: string }) {
  if (field.overridden && !field.derived.some((one) => one.code === code))
    return <span className="soft"> : {field.reason}</span>;
  const found = field.derived.find((one) => one.code === code);
  if (!found) return null;
  return (
    <span className="soft">
      {' : '}
      {found.reason}
      {found.clauses.length > 0 && (
        <>
          {' Voir '}
          {found.clauses.slice(0, 3).map((id, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <Link to="/clauses/$id" params={{ id }}>
                {id}
              </Link>
            </span>
          ))}
          .
        </>
      )}
    </span>
  );
}

function Edit({
  field,
  lot,
  own,
  name,
}: {
  field: FieldCodes;
  lot: string | null;
  own: CodeOverride | undefined;
  name: string;
}) {
  const key = `${field.field}-${lot ?? ''}`;
  const current = own ?? { field: field.field, lot, codes: field.codes, reason: '' };
  const set = (change: Partial<CodeOverride> | null) =>
    draftStore.write((draft) => {
      const others = draft.codes.filter((one) => !(one.field === field.field && one.lot === lot));
      return { ...draft, codes: change ? [...others, { ...current, ...change }] : others };
    });
  return (
    <Details
      summary={
        <>
          Modifier les codes<span className="hidden"> : {name}</span>
        </>
      }
      open={own !== undefined}
    >
      <CheckboxGroup
        name={`codes-${key}`}
        label={`Codes publiés, ${name}`}
        options={field.options.map((option) => ({ value: option.code, label: option.label }))}
        values={current.codes}
        onChange={(codes) => set({ codes })}
      />
      <TextArea
        name={`raison-${key}`}
        label={`Raison de la modification, ${name}`}
        hint="Sans raison, ce sont les codes déduits qui sont publiés."
        rows={2}
        value={current.reason}
        native={{ maxLength: 2000 }}
        onChange={(reason) => set({ reason })}
      />
      {own && (
        <Button small look="quiet" className="start" about={name} onClick={() => set(null)}>
          Revenir aux codes déduits
        </Button>
      )}
    </Details>
  );
}

const FILES = [
  { key: 'decp', label: 'DECP (JSON)', name: 'decp-considerations.json', type: 'application/json' },
  { key: 'eforms', label: 'eForms (XML)', name: 'eforms-codes.xml', type: 'application/xml' },
  { key: 'ocds', label: 'OCDS (JSON)', name: 'ocds-sustainability.json', type: 'application/json' },
] as const;

function Files({
  shown,
  files,
}: {
  shown: Publication['files'];
  files: () => Promise<Publication['files']>;
}) {
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const download = async (file: (typeof FILES)[number]) => {
    setFailure(null);
    try {
      save({ name: file.name, content: new Blob([(await files())[file.key]], { type: file.type }) });
      setSaid(`${file.name} est téléchargé.`);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <div className="stack tight">
      <h3>Fichiers</h3>
      {FILES.map((file) => (
        <div key={file.key} className="row">
          <Button onClick={() => void download(file)}>
            <Icon name="file" /> Télécharger {file.label}
          </Button>
          <CopyButton look="quiet" text={shown[file.key]} label="Copier" about={file.label} />
        </div>
      ))}
      {failure !== null && <Failure error={failure} />}
      <Status>{said}</Status>
      <p>
        En fin d’année, vos achats se déclarent aussi :{' '}
        <Link to="/outils/declaration-agec">préparer la déclaration AGEC</Link>.
      </p>
    </div>
  );
}
