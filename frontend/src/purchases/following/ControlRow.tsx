import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { longDate } from '../../frame/french';
import { Button } from '../../ui/Button';
import { Details } from '../../ui/Card';
import { focusHeading } from '../../ui/Page';
import { Row } from '../../ui/Rows';
import type { Control, FollowUp } from './api';
import { RecordForm } from './RecordForm';
import { RecordShown } from './RecordShown';

/** One control: what it asks, what came of it, and the form that says so. Only one form is open in the page. */
export function ControlRow({
  ident,
  follow,
  control,
  open,
  onOpen,
  onSaid,
}: {
  ident: number;
  follow: FollowUp;
  control: Control;
  /** The key of the control (or `#id` of the result) whose form is open. */
  open: string;
  onOpen: (key: string) => void;
  onSaid: (sentence: string) => void;
}) {
  const queries = useQueryClient();
  const done = (sentence: string) => {
    onOpen('');
    onSaid(sentence);
    void queries.invalidateQueries({ queryKey: ['files', ident] });
    focusHeading();
  };
  const mayRecord = follow.may.includes('record');
  const free = !control.gone && (control.due === null || !control.records.length);
  return (
    <Row
      title={
        <>
          {control.due && `${longDate(control.due)} : `}
          {control.title}
        </>
      }
      facts={
        <div className="stack tight">
          <span>
            {control.clause_id ? (
              <Link to="/clauses/$id" params={{ id: control.clause_id }}>
                {control.clause_id}
              </Link>
            ) : (
              'Organisation du suivi (CCAP)'
            )}
            {control.lots.length > 0 && `, lots ${control.lots.join(', ')}`}
            {control.rhythm && `, ${control.rhythm.charAt(0).toLowerCase()}${control.rhythm.slice(1)}`}
            {control.gone && ', clause ou échéance sortie du marché depuis'}
          </span>
          {!control.gone && <Asks control={control} />}
          {control.records.map((record) => (
            <RecordShown
              key={record.id}
              ident={ident}
              follow={follow}
              record={record}
              about={control.title}
              open={open === `#${record.id}`}
              onOpen={(yes) => onOpen(yes ? `#${record.id}` : '')}
              onDone={done}
            />
          ))}
          {open === control.key && (
            <RecordForm
              ident={ident}
              follow={follow}
              control={control}
              onDone={() => done('Le résultat est noté.')}
              onCancel={() => onOpen('')}
            />
          )}
        </div>
      }
      actions={
        mayRecord &&
        free &&
        open !== control.key && (
          <Button
            small
            about={`: ${control.title}${control.due ? `, ${longDate(control.due)}` : ''}`}
            onClick={() => onOpen(control.key)}
          >
            Noter le résultat
          </Button>
        )
      }
    />
  );
}

function Asks({ control }: { control: Control }) {
  return (
    <Details summary="Quoi, qui, comment">
      <ul className="bullets">
        <li>Preuve attendue : {control.what}</li>
        <li>Qui contrôle : {control.who}</li>
        <li>Comment : {control.how}</li>
        <li>En cas de manquement : {control.penalty}</li>
      </ul>
    </Details>
  );
}
