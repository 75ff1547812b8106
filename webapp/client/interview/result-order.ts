/** The doorstep result in the order it is told: what is not met first, then every category. Knows no screen. */
import type { Definition, Evaluation, Indicator, IndicatorResult, Result } from '../engine/types.ts'

/** An indicator with its result in this household. */
export interface Told {
  indicator: Indicator
  result: IndicatorResult
}

export interface CategoryTold {
  category_no: number
  title_th: string | null
  told: Told[]
}

export interface ResultTold {
  notMet: Told[]
  categories: CategoryTold[]
  counts: Record<Result, number>
}

const ORDER: Result[] = ['not_met', 'undecided', 'met', 'not_assessed']

function titleOf(definition: Definition, category: number): string | null {
  return definition.sections.find((section) => section.category_no === category)?.title_th ?? null
}

function byCategory(definition: Definition, told: Told[]): CategoryTold[] {
  const numbers = [...new Set(told.map(({ indicator }) => indicator.category_no))].sort((one, other) => one - other)
  return numbers.map((category_no) => ({
    category_no,
    title_th: titleOf(definition, category_no),
    told: told.filter(({ indicator }) => indicator.category_no === category_no),
  }))
}

/** Sorted within each category: not met, undecided, met, not assessed. */
export function resultTold(definition: Definition, evaluation: Evaluation): ResultTold {
  const indicators = new Map(definition.indicators.map((indicator) => [indicator.no, indicator]))
  const told = evaluation.indicators.flatMap((result) => {
    const indicator = indicators.get(result.no)
    return indicator ? [{ indicator, result }] : []
  })
  const rank = ({ result }: Told) => ORDER.indexOf(result.result)
  const sorted = [...told].sort((one, other) => rank(one) - rank(other) || one.indicator.no - other.indicator.no)
  const count = (wanted: Result) => told.filter(({ result }) => result.result === wanted).length
  return {
    notMet: sorted.filter(({ result }) => result.result === 'not_met'),
    categories: byCategory(definition, sorted),
    counts: { met: count('met'), not_met: count('not_met'), not_assessed: count('not_assessed'), undecided: count('undecided') },
  }
}

/** The questions that an indicator is decided by. */
function deciding({ eligible = [], failing = [], met = '' }: Indicator): Set<string> {
  const named = [...met.matchAll(/#(\w+(?:\.\w+)*)/g)].map(([, id]) => id!)
  return new Set([...named, ...[...eligible, ...failing].map(({ question }) => question)])
}

/** The screen that asks what decides an indicator in this household, where one is open that one; null when none asks about it. */
export function screenOfIndicator(definition: Definition, evaluation: Evaluation, { indicator, result }: Told): string | null {
  const about = deciding(indicator)
  const asked = (id: string) => about.has(id) && evaluation.questions[id]?.applies === true
  const open = (id: string) => asked(id) && !evaluation.questions[id]?.answered && !evaluation.questions[id]?.declined
  const screens = definition.sections.flatMap((section) => section.screens).filter((screen) => screen.indicator === indicator.no)
  const first = (wanted: (id: string) => boolean) => screens.find(({ questions }) => questions.some(wanted))
  const found = (result.result === 'undecided' ? first(open) : undefined) ?? first(asked) ?? screens[0]
  return found?.id ?? null
}
