const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** « Firefox sur Windows », from what a browser says of itself. */
export function browserOf(agent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  if (!browser && !system) return 'Navigateur inconnu';
  return [browser ?? 'Navigateur', system].filter(Boolean).join(' sur ');
}

/** Where an event came from, as far as it was noted. */
export function browserAndNetwork(event: { user_agent: string | null; ip_prefix: string | null }): string[] {
  return [
    ...(event.user_agent ? [browserOf(event.user_agent)] : []),
    ...(event.ip_prefix ? [`réseau ${event.ip_prefix}`] : []),
  ];
}
