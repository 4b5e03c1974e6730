import { useQuery } from '@tanstack/react-query';
import { vocabularyQuery } from '../../library/api';
import { Button } from '../../ui/Button';
import { Box } from '../../ui/Card';
import { CheckboxGroup, DateField } from '../../ui/Choice';
import { NumberField, TextArea, TextField } from '../../ui/Field';
import { Notice } from '../../ui/Notice';
import type { Question, Sourcing } from './api';

export interface Draft {
  title: string;
  need: string;
  families: string[];
  cpv: string[];
  departments: string;
  questions: Question[];
  closes_on: string;
  closes_hour: string;
  launch_date: string;
  cap: string;
  cap_reason: string;
  show_count: boolean;
}
interface StepProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  errors: Record<string, string>;
}

export function NeedStep({ draft, set, errors, steering }: StepProps & { steering: Sourcing['steering'] }) {
  const words = useQuery(vocabularyQuery);
  return (
    <div className="stack">
      <TextField
        name="title"
        label="Titre"
        value={draft.title}
        error={errors['title']}
        onChange={(title) => set({ title })}
      />
      <TextArea
        name="need"
        label="Votre besoin"
        rows={6}
        hint="Décrivez des fonctions et des résultats, sans marque ni préférence d’origine."
        value={draft.need}
        error={errors['need']}
        onChange={(need) => set({ need })}
      />
      {steering.map((one) => (
        <Notice
          key={one.excerpt}
          tone="warning"
          title={`« ${one.excerpt} » pourrait favoriser une entreprise`}
        >
          <p>
            {one.message} {one.suggestion}
          </p>
        </Notice>
      ))}
      <CheckboxGroup
        name="families"
        label="Familles d’achat"
        hint="Elles disent quelles entreprises prévenir."
        compact
        values={draft.families}
        error={errors['families']}
        onChange={(families) => set({ families })}
        options={(words.data?.families ?? []).map((one) => ({ value: one.code, label: one.label }))}
      />
    </div>
  );
}

export function QuestionsStep({ draft, set, errors }: StepProps) {
  const change = (id: string, text: string) =>
    set({ questions: draft.questions.map((one) => (one.id === id ? { ...one, text } : one)) });
  const add = () =>
    set({
      questions: [
        ...draft.questions,
        { id: `q-${Date.now().toString(36)}`, text: '', clause_id: '', clause_version: 0, level: 0 },
      ],
    });
  return (
    <div className="stack">
      <p className="measure">
        Pour chaque clause du dossier, les entreprises disent si elles peuvent, à quel niveau, à partir de
        quand, avec quel effet sur le prix et ce qui bloque. Ajoutez vos questions libres.
      </p>
      {errors['questions'] && <Notice tone="danger" title={errors['questions']} />}
      {draft.questions.map((one, place) => (
        <Box key={one.id} label={`Question ${place + 1}`}>
          <TextArea
            rows={2}
            name={`question-${one.id}`}
            label={one.clause_id ? `Clause ${one.clause_id}, niveau ${one.level}` : `Question ${place + 1}`}
            value={one.text}
            onChange={(text) => change(one.id, text)}
          />
          <Button
            small
            className="start"
            about={one.text || `la question ${place + 1}`}
            onClick={() => set({ questions: draft.questions.filter((other) => other.id !== one.id) })}
          >
            Retirer
          </Button>
        </Box>
      ))}
      <Button className="start" onClick={add}>
        Ajouter une question
      </Button>
    </div>
  );
}

export function TargetsStep({ draft, set, errors }: StepProps) {
  return (
    <div className="stack">
      <TextField
        name="departments"
        label="Départements d’exécution"
        hint="Numéros séparés par des virgules. Vide : toute la France. C’est le lieu d’exécution, jamais une préférence d’origine."
        value={draft.departments}
        error={errors['departments']}
        onChange={(departments) => set({ departments })}
      />
      <DateField
        name="closes_on"
        label="Jour de clôture"
        hint="Sept jours au moins après la publication ; trois semaines laissent le temps de répondre."
        value={draft.closes_on}
        error={errors['closes_on']}
        onChange={(closes_on) => set({ closes_on })}
      />
      <TextField
        name="closes_hour"
        label="Heure de clôture (heure de Paris)"
        width="short"
        hint="Par exemple 18:00."
        value={draft.closes_hour}
        error={errors['closes_hour']}
        onChange={(closes_hour) => set({ closes_hour })}
      />
      <DateField
        name="launch_date"
        label="Lancement prévu de la consultation"
        hint="À partir de ce jour, plus personne n’écrit dans la salle (cône de silence)."
        optional
        value={draft.launch_date}
        error={errors['launch_date']}
        onChange={(launch_date) => set({ launch_date })}
      />
      <NumberField
        name="cap"
        label="Nombre maximal d’entreprises prévenues"
        hint="Vide : toutes. Avec un plafond, un tirage au sort publié choisit, par taille et par distance."
        optional
        value={draft.cap}
        error={errors['cap']}
        onChange={(cap) => set({ cap: cap.replace(/\D/g, '') })}
      />
      {draft.cap && (
        <TextArea
          name="cap_reason"
          label="Pourquoi ne pas prévenir toutes les entreprises"
          value={draft.cap_reason}
          error={errors['cap_reason']}
          onChange={(cap_reason) => set({ cap_reason })}
        />
      )}
    </div>
  );
}
