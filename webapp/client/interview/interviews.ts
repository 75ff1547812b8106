/** Opening, beginning, reopening and dropping interviews; one is open at a time. */
import { stopWatching, startWatching } from '../capture/position.ts'
import type { Definition, Mode } from '../engine/types.ts'
import { boundaryOf, definitionOf } from '../offline/index.ts'
import { deviceOf, type Draft, dropDraft, type Hold, holdDraft, loadDraft, newDraft, reopenDraft } from '../outbox/index.ts'
import type { AppState } from './app-state.ts'
import type { Boundary, InterviewDocument, Outcome } from './context.ts'
import { newInterview, type Place } from './new-interview.ts'
import { OpenInterview, type Surroundings } from './open-interview.ts'
import { type Session, trustedNow, villageOf, withNotice } from './session.ts'

type OpenDraft = Draft<InterviewDocument>

export async function opened(state: AppState, session: Session, app: Surroundings, draft: OpenDraft, hold: Hold): Promise<OpenInterview | null> {
  const { phone } = session
  const { household, questionnaire } = draft.document
  const definition = withNotice((await definitionOf<Definition>(phone, questionnaire)) ?? session.definition, session.register)
  if (!definition) {
    hold.release()
    return null
  }
  const village = villageOf(session, household.village)
  const boundary = village ? await boundaryOf<Boundary>(phone, village.subdistrict_code) : null
  const known = session.households.find(({ id }) => id === household.id) ?? null
  await closeInterview(state)
  state.open = new OpenInterview(app, { draft, hold, definition, boundary, household: known, village })
  return state.open
}

/** The draft of that id, read from the phone; null when it is not here. */
export async function openInterview(state: AppState, session: Session, app: Surroundings, id: string): Promise<OpenInterview | null> {
  await closeInterview(state)
  const hold = await holdDraft(session.phone, id)
  const draft = await loadDraft<InterviewDocument>(session.phone, session.vault, id)
  if (draft) return opened(state, session, app, draft, hold)
  hold.release()
  return null
}

/** A new one, not yet on disk: its first screen saves it. */
export async function beginInterview(state: AppState, session: Session, app: Surroundings, asked: { place: Place; outcome: Outcome; mode: Mode; note: string }): Promise<OpenInterview | null> {
  const { definition, phone, account } = session
  if (!definition) return null
  const device = (await deviceOf(phone)).id
  const document = newInterview(session, definition, { ...asked, device, now: trustedNow(session) })
  document.outcome_note = asked.note
  const hold = await holdDraft(phone, document.interview)
  return opened(state, session, app, newDraft(account.id, document, 'notice'), hold)
}

/** The next revision of a finished one; null when the register has it. */
export async function reopenInterview(state: AppState, session: Session, app: Surroundings, id: string): Promise<OpenInterview | null> {
  const hold = await holdDraft(session.phone, id)
  const draft = hold.writable ? await reopenDraft<InterviewDocument>(session.phone, session.vault, hold) : null
  if (draft) return opened(state, session, app, draft, hold)
  hold.release()
  return null
}

/** False when another tab writes it. */
export async function dropInterview(session: Session, id: string): Promise<boolean> {
  const hold = await holdDraft(session.phone, id)
  try {
    if (hold.writable) await dropDraft(session.phone, hold)
    return hold.writable
  } finally {
    hold.release()
  }
}

/** Whatever is being asked is saved and let go; the search for its position ends. */
export async function closeInterview(state: AppState): Promise<void> {
  const { open, asking } = state
  Object.assign(state, { open: null, asking: null })
  await asking?.kept.close()
  if (!open) return
  stopWatching(open)
  await open.close()
}

/** The household agreed and somebody stands at its door: the phone may look where that is. */
export function watchPosition(open: OpenInterview): void {
  const { document } = open
  if (document.mode === 'doorstep' && document.notice?.agreed && !open.readOnly) startWatching(open)
}
