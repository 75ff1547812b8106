/** What this phone has done since an interview came back: a return never takes the place of newer work. Knows no screen. */
import type { DraftSummary, Entry } from '../outbox/index.ts'
import type { Returned } from './correction.ts'

/** A draft under way, or a revision that the register has not yet placed. */
export type NewerWork = { kind: 'draft'; draft: DraftSummary } | { kind: 'entry'; entry: Entry } | null

const UNPLACED = new Set(['waiting', 'sending', 'custody', 'parked'])

/** This phone's latest revision answers the return. */
export function isAnswered({ decision }: Returned, entry: Entry | null): boolean {
  return entry?.returned === decision
}

/** The correction of it under way on this phone. */
export function correctionUnderWay({ interview, decision }: Returned, drafts: DraftSummary[]): DraftSummary | null {
  return drafts.find((draft) => draft.id === interview && !draft.finished && draft.returned === decision) ?? null
}

/** Work on this household that the inspector had not seen. */
export function newerWork(returned: Returned, drafts: DraftSummary[], entry: Entry | null): NewerWork {
  if (correctionUnderWay(returned, drafts)) return null
  const draft = drafts.find((one) => one.household === returned.household && !one.finished)
  if (draft) return { kind: 'draft', draft }
  if (!entry || !UNPLACED.has(entry.state) || returned.base.includes(entry.digest)) return null
  const older = entry.interview === returned.interview && entry.number <= returned.number
  return older ? null : { kind: 'entry', entry }
}
