import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const api = process.env['CLAUSIER_API'] ?? 'http://127.0.0.1:8000';

/** react-aria carries its sentences in thirty languages; the interface speaks one. */
function frenchOnly(): Plugin {
  return {
    name: 'french-only',
    enforce: 'pre',
    load: (id) =>
      /\/private\/intl\/.*\/?(?!fr-FR)[a-z]{2}-[A-Z]{2}\.m?js$/.test(id) ? 'export default {};' : null,
  };
}

export default defineConfig({
  plugins: [frenchOnly(), react()],
  // The manifest lets the weight test follow the imports of each screen.
  build: { manifest: true, modulePreload: { polyfill: false }, target: 'es2022' },
  server: { port: 5173, strictPort: true, proxy: { '/api': api, '/health': api } },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'] },
});
