/** The publishing check of a questionnaire version: everything wrong with it, in plain words. */

import { checkExpressions } from './check-expressions.ts'
import { checkIndicators, checkRules } from './check-indicators.ts'
import { checkNames } from './check-names.ts'
import { checkQuestions } from './check-questions.ts'
import { checkReach } from './check-reach.ts'
import { checkTexts } from './check-texts.ts'
import { type Checking, report } from './problems.ts'
import type { Definition, Problem } from './types.ts'

const LISTS = ['settings', 'cover', 'members', 'sections', 'questions', 'indicators', 'rules'] as const

/** All problems of a definition; an empty list means that it may be published. */
export function check(definition: Definition): Problem[] {
  const checking: Checking = { definition, found: [] }
  checkLists(checking)
  if (checking.found.length > 0) return checking.found
  checkNames(checking)
  checkTexts(checking)
  checkQuestions(checking)
  checkIndicators(checking)
  checkRules(checking)
  const rules = checkExpressions(checking)
  checkReach(checking, rules)
  return checking.found
}

function checkLists(checking: Checking): void {
  for (const name of LISTS)
    if (!Array.isArray(checking.definition[name])) report(checking, name, `ไม่มีส่วน ${name}`, `the part ${name} is missing`)
}
