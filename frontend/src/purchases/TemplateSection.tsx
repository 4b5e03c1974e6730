import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { explain } from '../api/problem';
import type { Placed } from '../api/types';
import { useSettled } from '../frame/debounce';
import { count } from '../frame/french';
import { Details } from '../ui/Card';
import { DropZone } from '../ui/DropZone';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { templatePreview } from './api';
import type { DocumentsBody } from './bodies';

const BOOKMARKS = [
  ['clausier_clauses', 'reçoit les articles qui n’ont pas de titre à eux dans votre modèle'],
  ['clausier_ccap', 'la même chose pour une seule pièce : aussi clausier_rc, clausier_cctp, clausier_ae…'],
  ['clausier_article_penalites', 'reçoit un article précis, ici celui des pénalités'],
  ['clausier_objet', 'reçoit l’objet du marché : aussi clausier_acheteur et clausier_reference'],
] as const;

/** The buyer's own DOCX: chosen, looked at by the server, kept in the browser. */
export function TemplateSection({
  file,
  onFile,
  body,
}: {
  file: File | null;
  onFile: (file: File | null) => void;
  body: DocumentsBody;
}) {
  return (
    <Section
      title="Utiliser votre propre modèle"
      intro="Vos styles, vos en-têtes et votre logo sont gardés. Les clauses vont sous vos titres, et votre numérotation continue."
    >
      <DropZone
        name="modele"
        label="Votre modèle, en DOCX ou DOTX"
        hint="25 Mio au plus, sans macros. Il reste dans votre navigateur ; le serveur n’en garde rien."
        accept=".docx,.dotx"
        files={file ? [file] : []}
        onFiles={(files) => onFile(files[0] ?? null)}
      />
      <Details summary="Préparer un modèle">
        <p>
          Un titre de votre modèle qui porte le nom d’un article, comme « Pénalités », reçoit les clauses de
          cet article après votre texte. Un signet Word dit où mettre le reste :
        </p>
        <ul className="bullets">
          {BOOKMARKS.map(([name, role]) => (
            <li key={name}>
              <code>{name}</code> {role}.
            </li>
          ))}
        </ul>
        <p>
          Sans signet, le reste va à la fin. Un paragraphe entre crochets qui porte un signet est remplacé.
        </p>
      </Details>
      {file && <Placements file={file} body={body} />}
    </Section>
  );
}

function summaryOf(piece: Placed): string {
  const placed = count(piece.placements.length, 'article placé', 'articles placés');
  return `${piece.piece} : ${placed}${piece.notes.length ? `, ${count(piece.notes.length, 'remarque')}` : ''}`;
}

function Placements({ file, body }: { file: File; body: DocumentsBody }) {
  const settled = useSettled(body);
  const query = useQuery({
    queryKey: ['template', file.name, file.size, file.lastModified, settled],
    queryFn: () => templatePreview(settled, file),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (query.isPending) return <Skeleton blocks={1} lines={3} />;
  if (query.isError) {
    const known = explain(query.error);
    if (known.errors.some((error) => error.pointer === '/template'))
      return (
        <Notice tone="danger" live title="Ce modèle ne peut pas servir">
          <p>{known.detail}</p>
        </Notice>
      );
    return (
      <Failure
        error={query.error}
        kept="Votre modèle est conservé dans ce navigateur."
        retry={() => void query.refetch()}
      />
    );
  }
  return (
    <div className="stack">
      {query.data.pieces.map((piece) => (
        <Details key={piece.piece} summary={summaryOf(piece)}>
          {piece.notes.length > 0 && (
            <Notice tone="warning" title="À savoir">
              <ul className="bullets">
                {piece.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </Notice>
          )}
          <ul className="bullets">
            {piece.placements.map((placement) => (
              <li key={placement.title + placement.where}>
                {placement.title} : {placement.where}
              </li>
            ))}
          </ul>
        </Details>
      ))}
    </div>
  );
}
