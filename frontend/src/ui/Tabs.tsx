import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as Aria } from 'react-aria-components';
import { French } from './French';
import css from './Tabs.module.css';

export interface TabContent {
  id: string;
  title: string;
  content: ReactNode;
}

export function Tabs({
  label,
  tabs,
  selected,
  onSelect,
}: {
  label: string;
  tabs: TabContent[];
  selected: string;
  onSelect: (id: string) => void;
}) {
  return (
    <French>
      <Aria className={css.tabs} selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))}>
        <TabList aria-label={label} className={css.list}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={css.tab}>
              {tab.title}
            </Tab>
          ))}
        </TabList>
        {tabs.map((tab) => (
          <TabPanel key={tab.id} id={tab.id} className={css.panel}>
            {tab.content}
          </TabPanel>
        ))}
      </Aria>
    </French>
  );
}
