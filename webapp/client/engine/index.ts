/** The questionnaire engine: one module for the page, for Node and for QuickJS. */

export { check } from './check.ts'
export { compile } from './compile.ts'
export { type Age, ageAt } from './dates.ts'
export { toArabicDigits } from './digits.ts'
export { evaluate, judge } from './evaluate.ts'
export type { Compiled } from './plan.ts'
export { type DatePrecision, type DateProblem, type ParsedDate, formatThaiDate, parseThaiDate } from './thai-dates.ts'
export { type ThaiIdProblem, thaiIdProblem } from './thai-id.ts'
export type * from './types.ts'
