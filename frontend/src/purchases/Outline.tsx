import type { Preview } from '../api/types';
import { count } from '../frame/french';
import { useLabels } from '../library/api';
import { Button } from '../ui/Button';
import { Card, Facts } from '../ui/Card';
import { Headings } from '../ui/Headings';
import { Icon } from '../ui/Icon';

/** The plan of each piece, and the piece alone as a DOCX. */
export function Outline({
  preview,
  onDownload,
  busy,
}: {
  preview: Preview;
  onDownload: (piece: string) => void;
  busy: boolean;
}) {
  const label = useLabels();
  return (
    <ul className="plain pairs">
      {preview.pieces.map((piece) => (
        <li key={piece.piece}>
          <Card>
            <div className="row ends">
              <h3>{piece.label || label('pieces', piece.piece)}</h3>
              <Button small busy={busy} onClick={() => onDownload(piece.piece)} about={`: ${piece.piece}`}>
                <Icon name="file" /> Télécharger
              </Button>
            </div>
            <Facts>
              <span>{piece.file}</span>
              <span>{count(piece.clauses.length, 'clause')}</span>
              <span>{count(piece.paragraphs, 'paragraphe')}</span>
            </Facts>
            <Headings label={`Plan de la pièce ${piece.piece}`} headings={piece.headings} />
          </Card>
        </li>
      ))}
    </ul>
  );
}
