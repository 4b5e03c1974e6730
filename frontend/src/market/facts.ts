import { list, longDate, number } from '../frame/french';
import { departmentName } from '../ui/departments';
import type { Capability, Proof } from './api';

export function capabilityFacts(item: Capability): string {
  return [
    item.value !== null && `${number(item.value)} ${item.unit}`.trim(),
    item.delay_months > 0 && `dans ${item.delay_months} mois`,
    item.territories.length > 0 && list(item.territories.map(departmentName)),
    item.valid_until && `${item.expired ? 'expirée depuis le' : 'jusqu’au'} ${longDate(item.valid_until)}`,
    item.note,
  ]
    .filter(Boolean)
    .join(' ; ');
}

export function proofFacts(one: Proof): string {
  return [
    one.issuer,
    one.number && `n° ${one.number}`,
    one.expires_on
      ? `${one.expired ? 'expirée le' : 'valable jusqu’au'} ${longDate(one.expires_on)}`
      : 'sans échéance',
    one.verified_at ? `vérifiée le ${longDate(one.verified_at)}` : 'déclarée',
  ]
    .filter(Boolean)
    .join(' ; ');
}
