import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stored } from '../frame/storage';
import { EMPTY_DRAFT, parseDraft } from './draft';

const KEPT = {
  ...EMPTY_DRAFT,
  described: true,
  purchase: {
    ...EMPTY_DRAFT.purchase,
    object: 'Mobilier',
    cpv: [{ code: '39160000', label: 'Mobilier scolaire' }],
  },
  items: [
    {
      clauseId: 'CEC-MOB-001',
      version: 1,
      title: 'Part',
      piece: 'CCTP',
      kind: 'performance_condition',
      values: { part: '25' },
      blank: [],
      weight: '',
      reason: '',
      lots: [],
      origin: 'proposed' as const,
    },
  ],
};

describe('a kept draft', () => {
  it('comes back as it was', () => {
    expect(parseDraft(JSON.stringify(KEPT))).toEqual(KEPT);
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"format":2}', '{"format":1,"items":3,"purchase":[]}'])(
    'is empty, not an error, when it reads %j',
    (raw) => {
      expect(parseDraft(raw)).toEqual(EMPTY_DRAFT);
    },
  );

  it('drops what has a wrong type and keeps the rest', () => {
    const raw = JSON.stringify({
      ...KEPT,
      purchase: {
        ...KEPT.purchase,
        amount: 12,
        cpv: [{ code: '39160000-2' }, { code: '39160000', label: 7 }],
      },
      items: [...KEPT.items, { title: 'without an id' }, KEPT.items[0]],
      ambition: 9,
      reached: 40,
    });
    const draft = parseDraft(raw);
    expect(draft.purchase.amount).toBe('');
    expect(draft.purchase.cpv).toEqual([{ code: '39160000', label: '7' }]);
    expect(draft.items).toEqual(KEPT.items);
    expect([draft.ambition, draft.reached]).toEqual([1, 1]);
  });
});

describe('the storage of the browser', () => {
  beforeEach(() => localStorage.clear());
  const codec = { empty: 0, parse: (raw: string) => Number(JSON.parse(raw)) };

  it('keeps what is written and tells its listeners', () => {
    const store = stored('n', codec);
    const heard = vi.fn<() => void>();
    store.subscribe(heard);
    store.write((n) => n + 1);
    expect(heard).toHaveBeenCalledOnce();
    expect(stored('n', codec).read()).toBe(1);
  });

  it('goes on in memory when the browser refuses, and says so', () => {
    const store = stored('n', codec);
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: refuse });
    store.write(() => 5);
    expect([store.read(), store.state()]).toEqual([5, 'memory']);
    vi.unstubAllGlobals();
    store.write((n) => n + 1);
    expect([store.read(), store.state()]).toEqual([6, 'kept']);
  });

  it('sees what another tab wrote', () => {
    const store = stored('n', codec);
    expect(store.read()).toBe(0);
    localStorage.setItem('n', '7');
    expect(store.read()).toBe(7);
  });
});
