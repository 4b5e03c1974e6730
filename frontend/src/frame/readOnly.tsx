import { useSyncExternalStore } from 'react';
import { readOnlyStore } from '../api/readOnly';

export function useReadOnly(): boolean {
  return useSyncExternalStore(readOnlyStore.subscribe, readOnlyStore.read);
}

export function ReadOnly() {
  return (
    <>
      <strong>Lecture seule : la base de données ne répond pas.</strong> La bibliothèque, le droit et
      l’Assistant marchent encore ; rien ne s’enregistre pour l’instant. Gardez cette page ouverte : ce que
      vous avez saisi y reste, et ce bandeau disparaîtra au retour.
    </>
  );
}
