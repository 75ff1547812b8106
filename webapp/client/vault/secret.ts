/** What a volunteer may choose to remember: six digits or more, or a phrase; never what others guess first. */
import { toArabicDigits } from '../engine/index.ts'

export type SecretKind = 'pin' | 'passphrase'
export type SecretProblem = 'short' | 'not_digits' | 'repeats' | 'sequence' | 'birthday'

const SHORTEST: Record<SecretKind, number> = { pin: 6, passphrase: 10 }

/** As it is derived: Thai digits are digits, and one letter typed in two ways is one letter. */
export function plainSecret(kind: SecretKind, typed: string): string {
  return kind === 'pin' ? toArabicDigits(typed).replace(/\s/g, '') : typed.normalize('NFC').trim()
}

/** Why it may not be chosen; null for a good one. */
export function secretProblem(kind: SecretKind, typed: string): SecretProblem | null {
  const secret = plainSecret(kind, typed)
  if (kind === 'pin' && !/^\d*$/.test(secret)) return 'not_digits'
  if ([...secret].length < SHORTEST[kind]) return 'short'
  if (repeats(secret)) return 'repeats'
  if (kind === 'pin' && isSequence(secret)) return 'sequence'
  return kind === 'pin' && isDate(secret) ? 'birthday' : null
}

/** 111111, 121212, 123123: one part of at most half its length over and over. */
function repeats(secret: string): boolean {
  return /^(.{1,3})\1+$/su.test(secret) || new Set(secret).size < 3
}

/** 123456, 987654, 024680. */
function isSequence(secret: string): boolean {
  const steps = [...secret].slice(1).map((digit, at) => Number(digit) - Number(secret[at]))
  return new Set(steps.map((step) => (step + 10) % 10)).size === 1
}

/** A day and a month beside a year, in the orders in which people write birthdays. */
function isDate(secret: string): boolean {
  const isDay = (text: string) => Number(text) >= 1 && Number(text) <= 31
  const isMonth = (text: string) => Number(text) >= 1 && Number(text) <= 12
  const [one, two, three] = [secret.slice(0, 2), secret.slice(2, 4), secret.slice(4)] as [string, string, string]
  if (secret.length === 6) return (isDay(one) && isMonth(two)) || (isMonth(two) && isDay(three))
  if (secret.length !== 8) return false
  const isYear = (text: string) => /^(19|20|24|25)/.test(text)
  return (isDay(one) && isMonth(two) && isYear(three)) || (isYear(one) && isMonth(three.slice(0, 2)) && isDay(three.slice(2)))
}
