/** Indicators and rules hang together with the questions. */

import { checkPeopleReference, knownSubjects } from './check-questions.ts'
import { type Checking, report } from './problems.ts'
import type { Indicator } from './types.ts'

export function checkIndicators(checking: Checking): void {
  const { indicators, sections } = checking.definition
  indicators.forEach((indicator) => checkIndicator(checking, indicator))
  const numbers = new Set(indicators.map(({ no }) => no))
  for (const screen of sections.flatMap(({ screens }) => screens))
    if (screen.indicator !== null && !numbers.has(screen.indicator))
      report(checking, `screen ${screen.id}`, `ไม่มีตัวชี้วัด ${screen.indicator}`, `there is no indicator ${screen.indicator}`)
}

function checkIndicator(checking: Checking, indicator: Indicator): void {
  const where = `indicator ${indicator.no}`
  if (indicator.unit === 'household') {
    if (indicator.met === undefined) report(checking, where, 'ไม่มีเงื่อนไขผ่านเกณฑ์ (met)', 'met is missing')
    return
  }
  if (indicator.unit !== 'person') return report(checking, where, `ไม่รู้จักหน่วยนับ '${indicator.unit}'`, `unknown unit '${indicator.unit}'`)
  for (const name of ['eligible', 'failing'] as const) {
    const parts = indicator[name] ?? []
    if (parts.length === 0) report(checking, where, `ไม่มีส่วน ${name}`, `${name} is missing`)
    parts.forEach(({ question, groups }) => checkPeopleReference(checking, where, question, groups ?? []))
  }
}

export function checkRules(checking: Checking): void {
  const subjects = knownSubjects(checking.definition)
  for (const { id, about, severity, scope } of checking.definition.rules) {
    const where = `rule ${id}`
    if (severity !== 'hard' && severity !== 'soft') report(checking, where, "severity ต้องเป็น 'hard' หรือ 'soft'", "severity must be 'hard' or 'soft'")
    if (scope !== 'household' && scope !== 'member') report(checking, where, "scope ต้องเป็น 'household' หรือ 'member'", "scope must be 'household' or 'member'")
    if (!about?.length) report(checking, where, 'ไม่ได้บอกว่าเกี่ยวกับข้อใด (about)', 'about is missing')
    for (const subject of about ?? [])
      if (!subjects.has(subject)) report(checking, where, `about: ไม่มี '${subject}'`, `about: there is no '${subject}'`)
  }
}
