/** ISO dates and ages by our own day arithmetic, so that page, Node and QuickJS agree. */

/** A calendar day of the Gregorian calendar. */
export interface Day {
  year: number
  month: number
  day: number
}

/** Completed years and months; both null when unknown or not yet born. */
export interface Age {
  years: number | null
  months: number | null
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : DAYS_IN_MONTH[month - 1] ?? 0
}

/** True for a day that the calendar has. */
export function isRealDay({ year, month, day }: Day): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** "1980", "1980-05" or "1980-05-17"; what is left out is the first (Civil and Commercial Code s. 16). */
export function parseBirth(text: string): Day | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  if (!parts) return null
  const day = { year: Number(parts[1]), month: Number(parts[2] ?? 1), day: Number(parts[3] ?? 1) }
  return isRealDay(day) ? day : null
}

/** A whole ISO date, or null. */
export function parseDay(text: string): Day | null {
  return text.length === 10 ? parseBirth(text) : null
}

/**
 * Completed months from birth to a day; negative before birth. A day that a month lacks
 * (29 February, the 31st) is reached on the first of the next month (Civil and Commercial Code s. 193/5).
 */
export function completedMonths(birth: Day, on: Day): number {
  const months = (on.year - birth.year) * 12 + on.month - birth.month
  return on.day >= birth.day ? months : months - 1
}

/** Age at an interview's date. */
export function ageAt(birth: string | null | undefined, date: string): Age {
  const born = birth ? parseBirth(birth) : null
  const on = parseDay(date)
  const months = born && on ? completedMonths(born, on) : -1
  return months < 0 ? { years: null, months: null } : { years: Math.floor(months / 12), months }
}
