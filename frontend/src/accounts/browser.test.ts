import { expect, it } from 'vitest';
import { browserOf } from './browser';

it('names a browser and its system in words', () => {
  expect(
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1',
      'python-httpx/0.28',
    ].map(browserOf),
  ).toEqual(['Firefox sur Windows', 'Chrome sur Linux', 'Safari sur iOS', 'Navigateur inconnu']);
});
