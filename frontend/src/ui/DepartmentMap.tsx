import { Details } from './Card';
import { Chart, type ChartFacts } from './Chart';
import { DEPARTMENTS, departmentName } from './departments';
import css from './DepartmentMap.module.css';

export interface DepartmentCount {
  code: string;
  /** Null: there is something, and it is not told (fewer than five contributors). */
  value: number | null;
}

interface Props extends ChartFacts {
  /** One sentence more. */
  summary?: string;
  counts: readonly DepartmentCount[];
  /** « 3 signataires », « 1 entreprise ». */
  say: (value: number) => string;
  /** The department that filters the screen; with `onChoose`, list and tiles choose one, or none when pressed again. */
  chosen?: string | undefined;
  onChoose?: (code: string | undefined) => void;
  /** The word for a null value. */
  withheld?: string;
  /** What is counted, at the head of the table: « Entreprises ». */
  head: string;
  /** A table that tells more than the tiles. */
  table?: { head: string[]; rows: string[][] };
}

const SIDE = 44;
const COLUMNS = Math.max(...DEPARTMENTS.map((one) => one.column)) + 1;
const ROWS = Math.max(...DEPARTMENTS.map((one) => one.row)) + 1;

/** Departments as a list, then as a map of equal tiles: the tile bears its code and its figure, shade only helps. */
export function DepartmentMap({
  title,
  csv,
  summary,
  counts,
  say,
  chosen,
  onChoose,
  withheld = 'non diffusé',
  head,
  table,
}: Props) {
  const found = counts.filter((one) => one.value !== 0);
  const known = new Map(found.map((one) => [one.code, one.value]));
  const most = Math.max(1, ...found.map((one) => one.value ?? 0));
  const choose = (code: string) => onChoose?.(code === chosen ? undefined : code);
  const word = (value: number | null) => (value === null ? withheld : say(value));
  return (
    <Chart
      title={title}
      csv={csv}
      summary={summary && <p className="measure">{summary}</p>}
      table={{
        caption: `${head} par département`,
        head: ['Département', head],
        rows: found.map((one) => [named(one.code), one.value === null ? withheld : String(one.value)]),
        ...table,
      }}
    >
      {onChoose && found.length > 0 && (
        <Details summary={`La liste des départements (${found.length})`} open={found.length <= 24}>
          <ul className={css.list}>
            {found.map((one) => (
              <li key={one.code}>
                <button
                  type="button"
                  className={css.choice}
                  aria-pressed={one.code === chosen}
                  onClick={() => choose(one.code)}
                >
                  {named(one.code)} : {word(one.value)}
                </button>
              </li>
            ))}
          </ul>
        </Details>
      )}
      <svg
        className={css.map}
        viewBox={`0 0 ${COLUMNS * SIDE} ${ROWS * SIDE}`}
        aria-hidden="true"
        focusable="false"
      >
        {DEPARTMENTS.map((one) => (
          <Tile
            key={one.code}
            {...one}
            value={known.get(one.code)}
            most={most}
            chosen={one.code === chosen}
            said={known.has(one.code) ? word(known.get(one.code) ?? null) : 'aucun'}
            onPress={onChoose && known.has(one.code) ? () => choose(one.code) : undefined}
          />
        ))}
      </svg>
    </Chart>
  );
}

const named = (code: string) => `${departmentName(code)} (${code})`;

interface TileProps {
  code: string;
  name: string;
  column: number;
  row: number;
  value: number | null | undefined;
  most: number;
  chosen: boolean;
  said: string;
  onPress: (() => void) | undefined;
}

function Tile({ code, name, column, row, value, most, chosen, said, onPress }: TileProps) {
  const shade = typeof value === 'number' ? css[`shade${Math.max(1, Math.ceil((value / most) * 3))}`] : '';
  const look = [
    css.tile,
    shade,
    value === null ? css.withheld : '',
    chosen ? css.chosen : '',
    onPress ? css.live : '',
  ];
  return (
    // The buttons of the list do the same with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <g
      className={look.filter(Boolean).join(' ')}
      transform={`translate(${column * SIDE} ${row * SIDE})`}
      onClick={onPress}
    >
      <title>{`${name} : ${said}`}</title>
      <rect x="1.5" y="1.5" width={SIDE - 3} height={SIDE - 3} rx="4" />
      <text x={SIDE / 2} y={typeof value === 'number' ? 17 : 27} className={css.code}>
        {code}
      </text>
      {typeof value === 'number' && (
        <text x={SIDE / 2} y="35" className={css.value}>
          {value}
        </text>
      )}
    </g>
  );
}
