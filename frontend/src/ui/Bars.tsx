import { useId } from 'react';
import { Details } from './Card';
import css from './Bars.module.css';

export interface BarGroup {
  label: string;
  values: number[];
}

interface Props {
  /** The finding, in a sentence. */
  title: string;
  series: string[];
  groups: BarGroup[];
  /** What the groups are, at the head of the table. */
  head?: string;
  /** Rows of the table that have no bar: what is withheld. */
  withheld?: string[][];
}

/** Horizontal bars with their figure at the end, a pattern besides the colour, and the same figures as a table. */
export function Bars({ title, series, groups, head = 'Levier', withheld }: Props) {
  const pattern = useId();
  const most = Math.max(1, ...groups.flatMap((group) => group.values));
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>{title}</figcaption>
      <ul className={css.legend} aria-hidden="true">
        {series.map((name, index) => (
          <li key={name}>
            <svg>
              <Bar index={index} percent={100} pattern={pattern} />
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
                    <Bar index={index} percent={(value / most) * 100} pattern={pattern} />
                  </svg>
                  <span className={css.value}>{value}</span>
                </span>
              ))}
            </div>
          </div>
        ))}
      </div>
      <Details summary="Voir les données">
        <Table
          caption={title}
          head={[head, ...series]}
          rows={[...groups.map((g) => [g.label, ...g.values.map(String)]), ...(withheld ?? [])]}
        />
      </Details>
    </figure>
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

/** A data table that scrolls inside itself on a small screen. */
export function Table({ caption, head, rows }: { caption: string; head: string[]; rows: string[][] }) {
  return (
    // A scrolling region must be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={css.table}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join(' | ')}>
              {row.map((cell, index) =>
                index === 0 ? (
                  <th key={head[index]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={head[index]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One stacked bar of parts that should make a hundred. */
export function WeightBar({ parts, total }: { parts: { label: string; weight: number }[]; total: number }) {
  const unit = 400 / Math.max(100, total);
  const before = (index: number) => parts.slice(0, index).reduce((sum, part) => sum + part.weight, 0);
  return (
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
  );
}
