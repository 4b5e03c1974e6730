import { Link } from '@tanstack/react-router';
import type { FieldError } from '../api/problem';
import { Notice } from '../ui/Notice';
import type { BasketItem } from './draft';

/** Why the server refuses to compose, each reason with the way to its field. */
export function Refusals({
  title,
  errors,
  items,
}: {
  title: string;
  errors: readonly FieldError[];
  items: readonly BasketItem[];
}) {
  return (
    <Notice tone="danger" live title={title}>
      <ul className="bullets">
        {errors.map((error) => {
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
