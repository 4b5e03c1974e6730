import { Chart, type ChartFacts } from './Chart';
import css from './Quarters.module.css';

const WIDTH = 360;
const HEIGHT = 150;
const LEFT = 36;
const FLOOR = HEIGHT - 24;
const TOP = 24;

interface Props extends ChartFacts {
  name: string;
  periods: string[];
  /** Null is a gap with its word, never zero. */
  values: (number | null)[];
  target: number | null;
  say: (value: number | null) => string;
  /** The figure beside a point: the title has its unit. */
  figure: (value: number) => string;
}

/** Four quarters as a line against its target, each point with its figure, and the same figures as a table. */
export function Quarters({ title, csv, name, periods, values, target, say, figure }: Props) {
  const most = Math.max(1, target ?? 0, ...values.map((value) => value ?? 0));
  const x = (place: number) => LEFT + 24 + (place * (WIDTH - LEFT - 60)) / Math.max(1, periods.length - 1);
  const y = (value: number) => FLOOR - (value / most) * (FLOOR - TOP);
  return (
    <Chart
      title={title}
      csv={csv}
      table={{
        caption: name,
        head: ['Période', 'Valeur', 'Cible'],
        rows: periods.map((period, place) => [
          period,
          say(values[place] ?? null),
          target === null ? '–' : say(target),
        ]),
      }}
    >
      {target !== null && (
        <p className={css.legend}>
          <svg viewBox="0 0 36 8" aria-hidden="true">
            <path d="M0 4h36" className={css.target} />
          </svg>
          Cible : {say(target)}
        </p>
      )}
      <svg className={css.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        <path d={`M${LEFT} ${TOP}V${FLOOR}H${WIDTH - 8}`} fill="none" className={css.axis} />
        {target !== null && <path d={`M${LEFT} ${y(target)}H${WIDTH - 8}`} className={css.target} />}
        {runs(values).map((run) => (
          <polyline
            key={run[0]}
            className={css.line}
            points={run.map((place) => `${x(place)},${y(values[place] ?? 0)}`).join(' ')}
          />
        ))}
        {periods.map((period, place) => {
          const value = values[place] ?? null;
          return (
            <g key={period}>
              <text x={x(place)} y={HEIGHT - 6} textAnchor="middle">
                {period.slice(5)}
              </text>
              {value === null ? (
                <text y={(TOP + FLOOR) / 2} textAnchor="middle">
                  <tspan x={x(place)}>non</tspan>
                  <tspan x={x(place)} dy="13">
                    déclaré
                  </tspan>
                </text>
              ) : (
                <>
                  <circle cx={x(place)} cy={y(value)} r="4.5" className={css.dot} />
                  <text x={x(place)} y={y(value) - 10} textAnchor="middle" className={css.value}>
                    {figure(value)}
                  </text>
                </>
              )}
            </g>
          );
        })}
      </svg>
    </Chart>
  );
}

/** Places that follow one another with a value: a gap breaks the line. */
function runs(values: (number | null)[]): number[][] {
  const found: number[][] = [[]];
  values.forEach((value, place) => {
    if (value === null) found.push([]);
    else found.at(-1)?.push(place);
  });
  return found.filter((run) => run.length > 1);
}
