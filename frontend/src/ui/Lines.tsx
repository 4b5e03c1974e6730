import { Chart, type ChartFacts } from './Chart';
import css from './Lines.module.css';

const WIDTH = 640;
const HEIGHT = 280;
const LEFT = 44;
const BOTTOM = 52;
const TOP = 18;
const RIGHT = 24;

const lineClass = (index: number) => `${css.series} ${index ? css[`series${index}`] : ''}`;

interface Props extends ChartFacts {
  series: { name: string; values: number[] }[];
  /** The name of the horizontal axis; the values are one per whole percent. */
  axis: string;
  /** Where one stands, in percent. */
  here: number;
  /** The same figures, every so many percent. */
  head: string[];
  rows: string[][];
}

/** Lines over 0 to 100 %, each with a dash of its own besides its colour, and the same figures as a table. */
export function Lines({ title, csv, series, axis, here, head, rows }: Props) {
  const all = series.flatMap((one) => one.values);
  const low = Math.floor(Math.min(...all) / 10) * 10;
  const high = Math.max(low + 10, Math.ceil(Math.max(...all) / 10) * 10);
  const x = (percent: number) => LEFT + (percent / 100) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + ((high - value) / (high - low)) * (HEIGHT - BOTTOM - TOP);
  return (
    <Chart title={title} csv={csv} table={{ caption: title, head, rows }}>
      <ul className={css.legend} aria-hidden="true">
        {series.map((one, index) => (
          <li key={one.name}>
            <svg viewBox="0 0 36 8">
              <path d="M0 4h36" className={lineClass(index)} />
            </svg>
            {one.name}
          </li>
        ))}
      </ul>
      <svg className={css.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {[low, (low + high) / 2, high].map((tick) => (
          <text key={tick} x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        ))}
        {[0, 25, 50, 75, 100].map((tick) => (
          <text key={tick} x={x(tick)} y={HEIGHT - 30} textAnchor="middle">
            {tick}
          </text>
        ))}
        <text x={(WIDTH + LEFT) / 2} y={HEIGHT - 6} textAnchor="middle">
          {axis}
        </text>
        <path d={`M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}`} fill="none" className={css.axis} />
        <path d={`M${x(here)} ${TOP}V${HEIGHT - BOTTOM}`} className={css.here} />
        {series.map((one, index) => (
          <polyline
            key={one.name}
            className={lineClass(index)}
            points={one.values.map((value, percent) => `${x(percent)},${y(value)}`).join(' ')}
          />
        ))}
      </svg>
    </Chart>
  );
}
