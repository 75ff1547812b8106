/** The national ID number's own check (mod 11; first digit 0–8): a hint, never a refusal. */

import { toArabicDigits } from './digits.ts'

export type ThaiIdProblem = 'length' | 'first_digit' | 'checksum'

/** What is wrong with an ID number; spaces and dashes are skipped, Thai digits accepted. */
export function thaiIdProblem(text: string): ThaiIdProblem | null {
  const digits = toArabicDigits(text).replace(/[\s-]/g, '')
  if (!/^[0-9]{13}$/.test(digits)) return 'length'
  if (digits[0] === '9') return 'first_digit'
  return checkDigit(digits) === Number(digits[12]) ? null : 'checksum'
}

const ZERO = '0'.charCodeAt(0)

/** The 13th digit that the first twelve ask for. */
function checkDigit(digits: string): number {
  let sum = 0
  for (let place = 0; place < 12; place += 1) sum += (digits.charCodeAt(place) - ZERO) * (13 - place)
  return (11 - (sum % 11)) % 10
}
