import { isDemo } from '../frame/demo';
import { longDate } from '../frame/french';
import { Badge } from '../ui/Notice';
import type { StatusMark } from './api';

/** What the register confirms and what only the firm says, told apart. */
export function StatusMarks({ statuses }: { statuses: StatusMark[] }) {
  return (
    <>
      {statuses.map((one) => (
        <Badge key={one.code} tone={one.source === 'official' ? 'success' : 'neutral'}>
          {one.label}
          {one.source === 'official'
            ? ` : registre ${isDemo ? 'fictif' : 'public'}${one.at ? `, ${longDate(one.at)}` : ''}`
            : ' : déclaré'}
        </Badge>
      ))}
    </>
  );
}
