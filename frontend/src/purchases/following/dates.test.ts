import { describe, expect, it } from 'vitest';
import type { Timeline } from './api';
import { asked, isChanged, newStep, typedOf } from './dates';

const TIMELINE: Timeline = {
  version: 0,
  milestones: [
    { code: 'launch', label: 'Lancement', hint: '', day: null },
    { code: 'offers', label: 'Offres', hint: '', day: null },
  ],
  others: [],
  steps: [],
  next: null,
  remarks: [],
  launch: '2027-03-01',
  start: null,
  end: null,
  feeds: [],
  may: [],
};

describe('the dates of a procedure while they are typed', () => {
  it('proposes what the description says, once', () => {
    expect(typedOf(TIMELINE).dates['launch']).toBe('2027-03-01');
    expect(typedOf({ ...TIMELINE, version: 2 }).dates['launch']).toBe('');
  });

  it('refuses a date that is not one beside its field, and leaves out an empty one', () => {
    const { body, errors } = asked({
      version: 0,
      dates: { launch: '2027-3-1', offers: '2027-2-30', start: '' },
      others: [newStep()],
    });
    expect(body.dates).toEqual({ launch: '2027-03-01' });
    expect(Object.keys(errors)).toEqual(['dates/offers', 'others/0/label', 'others/0/day']);
  });

  it('knows what is not kept yet', () => {
    const kept = { ...TIMELINE, version: 1 };
    expect(isChanged(typedOf(kept), kept)).toBe(false);
    expect(isChanged({ ...typedOf(kept), dates: { launch: '2027-3-1' } }, kept)).toBe(true);
    expect(isChanged({ ...typedOf(kept), others: [newStep()] }, kept)).toBe(true);
  });
});
