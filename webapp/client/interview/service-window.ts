/** When a service of the round is open, in words: since when and until when. */
import type { ServiceWindow } from '../outbox/records.ts'
import { dayInThailand, thaiDate } from '../ui/dates.ts'
import { t } from '../ui/language.ts'

export interface WindowWords {
  text: string
  open: boolean
}

/** How a service of the plan stands, in words; null is one that the round has not planned. */
export function planWords(window: ServiceWindow | null, now: Date): WindowWords {
  if (!window) return { text: t('plan.unplanned'), open: false }
  const { opens, closes } = window
  const today = dayInThailand(now)
  if (opens && today < opens) return { text: t('plan.later', { opens: thaiDate(opens) }), open: false }
  if (closes && today > closes) return { text: t('plan.over', { closes: thaiDate(closes) }), open: false }
  if (closes) return { text: t('plan.until', { closes: thaiDate(closes) }), open: true }
  return { text: opens ? t('plan.since', { opens: thaiDate(opens) }) : t('plan.always'), open: true }
}

/** `keys` are the texts for open until, open since, opens on and closed on a day. */
export function windowWords({ opens, closes }: ServiceWindow, now: Date, area: 'recording' | 'program'): WindowWords {
  const today = dayInThailand(now)
  if (opens && today < opens) return { text: t(`home.${area}_from`, { date: thaiDate(opens) }), open: false }
  if (closes && today > closes) return { text: t(`home.${area}_closed`, { date: thaiDate(closes) }), open: false }
  if (closes) return { text: t(`home.${area}_until`, { date: thaiDate(closes) }), open: true }
  return { text: opens ? t(`home.${area}_since`, { date: thaiDate(opens) }) : '', open: true }
}
