/** The shapes the engine reads (a questionnaire version, an interview) and says (an evaluation). */

export type Confidence = 'seen' | 'paraphrased' | 'inferred' | 'recalled' | 'derived' | string
export type Mode = 'doorstep' | 'paper'

/** One answer to choose from; rules use `name`, the paper form uses `code`. */
export interface Option {
  name: string
  label_th: string
  code?: string
  exclusive?: boolean
}

/** A number or yes/no of a version that a round may set (the income line, an age limit). */
export interface Setting {
  name: string
  type: 'number' | 'bool'
  value: number | boolean
  label_th: string
  source: string
  confidence: Confidence
}

export type FieldKind = 'choice' | 'text' | 'digits' | 'number' | 'date' | 'birth' | 'flag'

/** One box of the cover or one column of the member table. */
export interface Field {
  id: string
  kind: FieldKind
  label_th: string
  help_th?: string
  options?: Option[]
  required: boolean
  asked_if?: string
  length?: number
  sensitive?: boolean
  source: string
  confidence: Confidence
}

/** One screen of a section: usually one indicator's questions. */
export interface Screen {
  id: string
  title_th: string
  indicator: number | null
  questions: string[]
}

export type ModuleName = 'happiness' | 'fund32' | 'training33'

/** A part of the questionnaire; optional parts carry their module's name. */
export interface Section {
  id: string
  title_th: string
  title_en: string
  category_no: number | null
  module: ModuleName | null
  enabled: boolean
  screens: Screen[]
}

export type QuestionKind =
  'choice' | 'choices' | 'number' | 'amount' | 'text' | 'scale' | 'people' | 'derived'

/** One group of people a people question can name. */
export interface Group {
  name: string
  label_th: string
  code?: string
  where?: string
}

/** Narrows a people question to people named, or not named, in another people question. */
export interface Among {
  question: string
  groups?: string[]
  others?: boolean
}

/** One question of the instrument. */
export interface Question {
  id: string
  kind: QuestionKind
  text_th: string
  help_th?: string
  unit?: string
  asked_if?: string
  required: boolean
  sensitive: boolean
  usual?: AnswerValue
  min?: number
  max?: number
  options?: Option[]
  eligible?: string
  among?: Among
  groups?: Group[]
  everyone_th?: string
  multiple?: boolean
  polarity?: 'not' | 'who'
  value?: string
  paper?: boolean
  source: string
  confidence: Confidence
}

/** A person indicator's part: one people question, counted while `when` holds. */
export interface IndicatorPart {
  question: string
  groups?: string[]
  when?: string
}

/** One of the indicators: who counts, and who fails. */
export interface Indicator {
  no: number
  name_th: string
  plain_th: string
  advice_th: string
  category_no: number
  unit: 'person' | 'household'
  applies?: string
  met?: string
  eligible?: IndicatorPart[]
  failing?: IndicatorPart[]
  source: string
  confidence: Confidence
}

/** A plausibility rule between answers (ความสมเหตุสมผล). */
export interface Rule {
  id: string
  code: string
  severity: 'hard' | 'soft'
  scope: 'household' | 'member'
  about: string[]
  fails_when: string
  message_th: string
  source: string
  confidence: Confidence
}

/** The consent notice (คำชี้แจง) with its version. */
export interface Notice {
  version: string
  title_th: string
  paragraphs: { heading_th: string; text_th: string }[]
}

/** A whole questionnaire version, merged from its files. */
export interface Definition {
  id: string
  name_th: string
  settings: Setting[]
  cover: Field[]
  members: Field[]
  sections: Section[]
  questions: Question[]
  indicators: Indicator[]
  rules: Rule[]
  notice: Notice
}

export type Settings = Record<string, number | boolean>

export type FieldValue = string | number | boolean | null

/** A row of the member table. */
export interface Member {
  id: string
  [field: string]: FieldValue | undefined
}

/** Doorstep: who is in which group. Nobody listed = everyone fine. */
export interface PeopleByName {
  who: Record<string, string | string[]>
}

/** Paper mode: the form's own counts. A group left out counts 0. */
export interface PeopleByCount {
  count: Record<string, number>
}

export type PeopleValue = PeopleByName | PeopleByCount

export type AnswerValue = string | number | string[] | PeopleValue

/** The part of the interview document the engine reads. */
export interface Interview {
  date: string
  mode: Mode
  cover: Record<string, FieldValue>
  members: Member[]
  answers: Record<string, AnswerValue | null>
  declined: string[]
}

/** A fault found when a version is checked for publishing. */
export interface Problem {
  where: string
  what_th: string
  what_en: string
}

/** What the engine says of one question; `null` = not known yet. */
export interface QuestionState {
  applies: boolean | null
  answered: boolean
  declined: boolean
  eligible?: number | null
  eligible_members?: string[]
  /** Questions whose groups have a `where`: the groups each eligible member could be put in. */
  open_groups?: Record<string, string[]>
  count?: number | null
}

export interface Failure {
  id: string
  code: string
  severity: 'hard' | 'soft'
  about: string[]
  member?: string
  message_th: string
}

export type Result = 'met' | 'not_met' | 'not_assessed' | 'undecided'

/** One indicator's result; `members` are the people failing (doorstep only). */
export interface IndicatorResult {
  no: number
  unit: 'person' | 'household'
  result: Result
  eligible: number | null
  failing: number | null
  members: string[]
}

/** Everything the engine says of an interview. */
export interface Evaluation {
  questions: Record<string, QuestionState>
  missing: string[]
  values: Record<string, number | null>
  failures: Failure[]
  indicators: IndicatorResult[]
  ages: Record<string, { years: number | null; months: number | null }>
}
