import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { vocabularyQuery } from '../library/api';
import { Button } from '../ui/Button';
import { RadioGroup } from '../ui/Choice';
import { DEPARTMENTS } from '../ui/departments';
import { Form } from '../ui/Form';
import { Section } from '../ui/Page';
import { Failure, Said } from '../ui/State';
import { DepartmentSelect, FamilySelect } from './Pickers';

const SUBJECTS = [
  { value: 'programmes', label: 'Les achats à venir des acheteurs publics' },
  { value: 'firms', label: 'Les entreprises qui se déclarent' },
];

/** Follows a family, a territory, or both, without a search first. */
export function FollowPlace() {
  const { data } = useQuery(vocabularyQuery);
  const queries = useQueryClient();
  const [subject, setSubject] = useState('programmes');
  const [family, setFamily] = useState('');
  const [department, setDepartment] = useState('');
  const [key, setKey] = useState(newKey);
  const [said, setSaid] = useState('');
  const familyName = (data?.families ?? []).find((one) => one.code === family)?.label ?? '';
  const place = DEPARTMENTS.find((one) => one.code === department)?.name ?? '';
  const what = subject === 'firms' ? 'Entreprises' : 'Achats à venir';
  const name = [what, familyName, place].filter(Boolean).join(', ');
  const query = new URLSearchParams({
    ...(family ? { family } : {}),
    ...(department ? { department } : {}),
  }).toString();
  const follow = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/saved-searches', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            subject: subject as 'firms' | 'programmes',
            name: name.slice(0, 100),
            query,
            by_mail: true,
          },
        }),
      ),
    (made) => {
      setSaid(`Vous suivez « ${made.name} ».`);
      setKey(newKey());
      void queries.invalidateQueries({ queryKey: ['saved-searches'] });
    },
  );
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setKey(newKey());
    setSaid('');
  };
  return (
    <Section title="Suivre une famille ou un territoire">
      <Form
        errors={follow.errors}
        attempt={follow.attempt}
        onSubmit={() =>
          follow.submit(query ? {} : { family: 'Choisissez une famille, un département, ou les deux' })
        }
      >
        {follow.failure && <Failure error={follow.failure} />}
        <RadioGroup
          name="subject"
          label="Ce que je suis"
          value={subject}
          onChange={change(setSubject)}
          options={SUBJECTS}
        />
        <FamilySelect
          name="family"
          value={family}
          onChange={change(setFamily)}
          error={follow.errors['family']}
        />
        <DepartmentSelect name="department" value={department} onChange={change(setDepartment)} />
        <div className="row">
          <Button type="submit" look="primary" busy={follow.busy}>
            Suivre
          </Button>
          <Said>{said}</Said>
        </div>
      </Form>
    </Section>
  );
}
