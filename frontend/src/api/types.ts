/* The shapes of the API under the names that the screens use. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Vocabulary = Schemas['VocabularyOut'];
export type Coded = Schemas['Coded'];
export type ClauseSummary = Schemas['ClauseSummary'];
export type ClausePage = Schemas['ClausePage'];
export type FacetValue = Schemas['FacetValue'];
export type Suggestions = Schemas['SuggestionsOut'];
export type Understood = Schemas['UnderstoodOut'];
export type Clause = Schemas['ClauseOut'];
export type ClauseRef = Schemas['ClauseRef'];
export type Family = Schemas['FamilyPageOut'];
export type Glossary = Schemas['GlossaryOut'];
export type Variable = Clause['variables'][string];
export type Duty = Schemas['DutyOut'];
export type AssessedDuty = Schemas['AssessedDutyOut'];
export type Charter = Schemas['CharterOut'];
export type Recommendations = Schemas['RecommendationsOut'];
export type Recommendation = Schemas['RecommendationOut'];
export type Finding = Schemas['FindingOut'];
export type Preview = Schemas['PreviewOut'];
export type Session = Schemas['SessionOut'];
export type MyOrganisation = Schemas['MyOrganisation'];
export type Simulation = Schemas['SimulationOut'];
export type SimulationBody = Schemas['SimulationIn'];
export type Formula = Schemas['AwardCriterionIn']['formula'];
export type LifeCycleCost = Schemas['LifeCycleCostOut'];
export type LifeCycleBody = Schemas['LifeCycleCostIn'];
export type LifeCyclePost = keyof LifeCycleCost['offers'][number]['posts'];
export type LotCodes = Schemas['LotCodesOut'];
export type FieldCodes = Schemas['FieldCodesOut'];
export type Publication = Schemas['PublicationOut'];
export type AgecBody = Schemas['AgecDeclarationIn'];
