/** The outbox's state in words: for the header, the home screen and each entry. */
import type { Entry, OutboxStatus, Stopped } from '../outbox/index.ts'
import type { Tone } from '../ui/components.ts'
import { thaiTime } from '../ui/dates.ts'
import { hasText, t } from '../ui/language.ts'

export interface Words {
  tone: Tone | 'quiet'
  words: string
}

/** A few words that are never false: "ส่งครบแล้ว" only when every receipt is here. */
export function statusWords({ counts, awaiting_evidence, total }: OutboxStatus): Words {
  const waiting = counts.waiting + counts.sending
  if (counts.parked) return { tone: 'bad', words: t('outbox.head_parked', { count: counts.parked }) }
  if (waiting) return { tone: 'warn', words: t('outbox.head_waiting', { count: waiting }) }
  if (awaiting_evidence) return { tone: 'info', words: t('outbox.head_evidence', { count: awaiting_evidence }) }
  return total ? { tone: 'good', words: t('outbox.head_complete') } : { tone: 'quiet', words: t('outbox.head_empty') }
}

/** Why nothing is being sent now, and when it is tried again. */
export function pauseWords(status: OutboxStatus, now: number): string {
  if (!status.unsent && !status.awaiting_evidence) return ''
  const why = stoppedWords(status.stopped)
  const next = status.next_at === null ? '' : status.next_at <= now ? t('outbox.next_soon') : t('outbox.next_at', { time: thaiTime(status.next_at, new Date(now)) })
  return [why, next].filter(Boolean).join(' ')
}

function stoppedWords(stopped: Stopped | null): string {
  return stopped && stopped !== 'empty' ? t(`outbox.stopped_${stopped.replace('-', '_')}`) : ''
}

/** What went wrong with one entry, from its code; unknown codes have words too. */
export function problemWords(entry: Entry): string {
  if (!entry.code) return ''
  const key = `outbox.code_${entry.code.replace(/\W/g, '_')}`
  return hasText(key) ? t(key) : t('outbox.code_other', { code: entry.code })
}
