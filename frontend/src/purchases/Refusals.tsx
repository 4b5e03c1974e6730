import { Link } from '@tanstack/react-router';
import type { ApiProblem } from '../api/problem';
import { Notice } from '../ui/Notice';
import type { BasketItem } from './draft';

/** The blanks for which the server refuses to compose, each with the way to its field. */
export function Refusals({ problem, items }: { problem: ApiProblem; items: readonly BasketItem[] }) {
  return (
    <Notice tone="danger" live title={problem.detail || problem.title}>
      <ul className="bullets">
        {problem.errors.map((error) => {
          const item = itemOf(error.pointer, items);
          return (
            <li key={error.pointer + error.detail}>
              {item && (
                <>
                  <Link
                    to="/assistant/$step"
                    params={{ step: 'variables' }}
                    search={{ clause: item.clauseId }}
                  >
                    {item.title}
                  </Link>
                  {' : '}
                </>
              )}
              {error.detail}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

/** `/items/2/values/part_reemploi` → the third clause of the basket. */
export function itemOf(pointer: string, items: readonly BasketItem[]): BasketItem | undefined {
  const index = /^\/items\/(\d+)/.exec(pointer)?.[1];
  return index === undefined ? undefined : items[Number(index)];
}
