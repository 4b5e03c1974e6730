import { useId } from 'react';
import { Chart, type ChartFacts } from './Chart';
import css from './Bars.module.css';

export interface BarGroup {
  label: string;
  values: number[];
}

interface Props extends ChartFacts {
  series: string[];
  groups: BarGroup[];
  /** What the groups are, at the head of the table. */
  head?: string;
  /** Rows of the table that have no bar: what is withheld. */
  withheld?: string[][];
}

/** Horizontal bars with their figure at the end, a pattern besides the colour, and the same figures as a table. */
export function Bars({ title, csv, series, groups, head = 'Levier', withheld }: Props) {
  const pattern = useId();
  const most = Math.max(1, ...groups.flatMap((group) => group.values));
  // A series alone takes the strong colour; the pale one is for what the others are compared with.
  const first = series.length === 1 ? 1 : 0;
  const table = {
    caption: title,
    head: [head, ...series],
    rows: [...groups.map((group) => [group.label, ...group.values.map(String)]), ...(withheld ?? [])],
  };
  return (
    <Chart title={title} csv={csv} table={table}>
      <ul className={css.legend} aria-hidden="true">
        {series.map((name, index) => (
          <li key={name}>
            <svg>
              <Bar index={first + index} percent={100} pattern={pattern} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <div className={css.chart} aria-hidden="true">
        {groups.map((group) => (
          <div key={group.label} className={css.group}>
            <span className={css.label}>{group.label}</span>
            <div className={css.bars}>
              {group.values.map((value, index) => (
                <span key={series[index]} className={css.line}>
                  <svg>
                    <Bar index={first + index} percent={(value / most) * 100} pattern={pattern} />
                  </svg>
                  <span className={css.value}>{value}</span>
                </span>
              ))}
            </div>
          </div>
        ))}
      </div>
    </Chart>
  );
}

/** A bar of so many percent of its drawing; the third series has stripes, for those who see no colour. */
function Bar({ index, percent, pattern }: { index: number; percent: number; pattern: string }) {
  const id = `${pattern}-${index}`;
  const width = `${percent}%`;
  if (index < 2) return <rect width={width} height="100%" rx="2" className={css[`bar${index}`]} />;
  return (
    <>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className={css.paper} />
        <rect width="3" height="6" className={css.bar2} />
      </pattern>
      <rect width={width} height="100%" rx="2" fill={`url(#${id})`} className={css.outlined} />
    </>
  );
}

interface Weights extends ChartFacts {
  parts: { label: string; weight: number }[];
  total: number;
  open?: boolean;
  table: { caption: string; head: string[]; rows: string[][] };
}

/** One stacked bar of parts that should make a hundred. */
export function WeightBar({ parts, total, ...facts }: Weights) {
  const unit = 400 / Math.max(100, total);
  const before = (index: number) => parts.slice(0, index).reduce((sum, part) => sum + part.weight, 0);
  return (
    <Chart {...facts}>
      <svg className={css.weights} viewBox="0 0 400 20" preserveAspectRatio="none" aria-hidden="true">
        <rect x="0" y="0" width="400" height="20" className={css.rail} />
        {parts.map((part, index) => (
          <rect
            key={part.label}
            x={before(index) * unit}
            y="0"
            width={Math.max(0, part.weight * unit - 2)}
            height="20"
            className={index % 2 ? css.bar2 : css.bar1}
          />
        ))}
      </svg>
    </Chart>
  );
}
