import { useState } from 'react';
import { TextArea, TextField } from '../ui/Field';
import type { Errors } from '../ui/Form';
import { FamilySelect, LeverChoice } from './Pickers';

interface Saved {
  title: string;
  description: string;
  families: string[];
  levers: string[];
  cpv: string[];
}

/** What an offer or a coming purchase is about, as typed: its fields, and the part of the body they make. */
export function useSubject(current: Saved | null) {
  const [title, setTitle] = useState(current?.title ?? '');
  const [description, setDescription] = useState(current?.description ?? '');
  const [family, setFamily] = useState(current?.families[0] ?? '');
  const [levers, setLevers] = useState<string[]>(current?.levers ?? []);
  const [cpv, setCpv] = useState(current?.cpv.join(', ') ?? '');
  const others = (current?.families.slice(1) ?? []).filter((code) => code !== family);
  return {
    fields: {
      title,
      setTitle,
      description,
      setDescription,
      family,
      setFamily,
      levers,
      setLevers,
      cpv,
      setCpv,
    },
    body: {
      title,
      description,
      families: family ? [family, ...others] : [],
      levers,
      cpv: [...(cpv.match(/\d{8}/g) ?? [])],
    },
  };
}

export function SubjectFields({
  title: label,
  subject,
  errors,
}: {
  title: string;
  subject: ReturnType<typeof useSubject>;
  errors: Errors;
}) {
  const it = subject.fields;
  return (
    <>
      <TextField name="title" label={label} value={it.title} onChange={it.setTitle} error={errors['title']} />
      <TextArea
        name="description"
        label="Description"
        optional
        value={it.description}
        onChange={it.setDescription}
        error={errors['description']}
      />
      <FamilySelect
        name="families"
        none="Choisissez"
        value={it.family}
        onChange={it.setFamily}
        error={errors['families'] ?? errors['families/0']}
      />
      <LeverChoice values={it.levers} onChange={it.setLevers} />
      <TextField
        name="cpv"
        label="Codes CPV"
        optional
        hint="Huit chiffres chacun, séparés par des virgules."
        value={it.cpv}
        onChange={it.setCpv}
        error={errors['cpv'] ?? errors['cpv/0']}
      />
    </>
  );
}
