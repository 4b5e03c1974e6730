import { Fragment, type ReactNode } from 'react';
import { type Block, parseWording, type Run } from '../library/wording';
import { Quote } from './Card';

/** The text of a clause, its variables marked. `show` writes a variable: its value, or its name in brackets. */
export function Wording({
  text,
  show,
  label,
}: {
  text: string;
  show: (variable: string) => string;
  label?: string;
}) {
  const runs = (list: Run[]): ReactNode =>
    list.map((run, index) => (
      // The position is the only identity of a run.
      // oxlint-disable-next-line react/no-array-index-key
      <Fragment key={index}>{'text' in run ? run.text : <mark>{show(run.variable)}</mark>}</Fragment>
    ));
  return (
    <Quote label={label}>
      {parseWording(text).map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>{draw(block, runs)}</Fragment>
      ))}
    </Quote>
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
