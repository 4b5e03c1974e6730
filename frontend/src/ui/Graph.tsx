import css from './Graph.module.css';

export type Tie = 'requires' | 'excludes' | 'replaces' | 'replaced_by' | 'pairs_with' | 'softer' | 'stronger';

const WORDS: Record<Tie, string> = {
  requires: 'demande aussi',
  excludes: 'exclut',
  replaces: 'remplace',
  replaced_by: 'remplacée par',
  pairs_with: 'va avec',
  softer: 'plus souple',
  stronger: 'plus forte',
};
const ROW = 40;
const TOP = 48;

/** A clause and its neighbours; the list beside it says the same, with links, for those who do not see it. */
export function Graph({ centre, ties }: { centre: string; ties: { tie: Tie; id: string }[] }) {
  const height = TOP + ties.length * ROW;
  return (
    <svg
      className={css.graph}
      viewBox={`0 0 330 ${height}`}
      style={{ maxWidth: '24rem' }}
      aria-hidden="true"
      focusable="false"
    >
      <rect x="1" y="1" width="128" height="30" rx="6" className={css.centre} />
      <text x="65" y="21" textAnchor="middle" className={css.centreText}>
        {centre}
      </text>
      {ties.map(({ tie, id }, index) => {
        const y = TOP + index * ROW + 14;
        return (
          <g key={`${tie}-${id}`}>
            <path d={`M16 31V${y}H196`} className={`${css.line} ${css[tie]}`} />
            <text x="30" y={y - 5} className={css.word}>
              {tie === 'excludes' ? '✕ ' : tie === 'stronger' ? '▲ ' : tie === 'softer' ? '▼ ' : ''}
              {WORDS[tie]}
            </text>
            <rect x="196" y={y - 14} width="128" height="28" rx="6" className={css.node} />
            <text x="260" y={y + 5} textAnchor="middle">
              {id}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
