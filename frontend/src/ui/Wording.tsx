import { Fragment, type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { type Block, linkTerms, parseWording, type Run, type Word } from '../library/wording';
import { Quote } from './Card';

const NONE: Word[] = [];

/** The text of a clause, its variables marked. `show` writes a variable: its value, or its name in brackets. */
export function Wording({
  text,
  show,
  terms = NONE,
  label,
}: {
  text: string;
  show: (variable: string) => string;
  /** Words of the glossary: the first use of each leads to its definition. */
  terms?: Word[];
  label?: string;
}) {
  const runs = (list: Run[]): ReactNode =>
    list.map((run, index) => (
      // The position is the only identity of a run.
      // oxlint-disable-next-line react/no-array-index-key
      <Fragment key={index}>{drawRun(run, show)}</Fragment>
    ));
  return (
    <Quote label={label}>
      {linkTerms(parseWording(text), terms).map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>{draw(block, runs)}</Fragment>
      ))}
    </Quote>
  );
}

/** A text without variables, in the flow of a page. */
export function Prose({ text }: { text: string }) {
  const runs = (list: Run[]): ReactNode =>
    list.map((run) => ('text' in run ? run.text : run.variable)).join('');
  return (
    <>
      {parseWording(text).map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>{draw(block, runs)}</Fragment>
      ))}
    </>
  );
}

function drawRun(run: Run, show: (variable: string) => string): ReactNode {
  if (!('text' in run)) return <mark>{show(run.variable)}</mark>;
  if (!run.term) return run.text;
  return (
    <Link to="/glossaire" hash={run.term}>
      {run.text}
    </Link>
  );
}

function draw(block: Block, runs: (list: Run[]) => ReactNode): ReactNode {
  if (block.kind === 'paragraph') return <p>{runs(block.runs)}</p>;
  if (block.kind === 'table') return <WordingTable block={block} runs={runs} />;
  const List = block.ordered ? 'ol' : 'ul';
  return (
    <List>
      {block.items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>{runs(item)}</li>
      ))}
    </List>
  );
}

function WordingTable({
  block,
  runs,
}: {
  block: Extract<Block, { kind: 'table' }>;
  runs: (list: Run[]) => ReactNode;
}) {
  /* oxlint-disable react/no-array-index-key */
  return (
    <table>
      <thead>
        <tr>
          {block.head.map((cell, index) => (
            <th key={index} scope="col">
              {runs(cell)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>{runs(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  /* oxlint-enable react/no-array-index-key */
}
