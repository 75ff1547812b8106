/** Opening, beginning, reopening and dropping interviews; one is open at a time, and opening and leaving take turns. */
import { stopWatching, startWatching } from '../capture/position.ts'
import type { Definition, Mode } from '../engine/types.ts'
import { boundaryOf, definitionOf } from '../offline/index.ts'
import { deviceOf, type Draft, dropDraft, type Hold, holdDraft, loadDraft, newDraft, type Phone, reopenDraft } from '../outbox/index.ts'
import type { AppState } from './app-state.ts'
import type { Boundary, InterviewDocument, Outcome } from './context.ts'
import { newInterview, type Place } from './new-interview.ts'
import { OpenInterview, type Surroundings } from './open-interview.ts'
import { type Session, trustedNow, villageOf, withNotice } from './session.ts'

type OpenDraft = Draft<InterviewDocument>

/** One after the other: nothing is opened before what was left is on the disk and let go. */
export function inTurn<T>(state: AppState, act: () => Promise<T>): Promise<T> {
  const turn = (state.turn ?? Promise.resolve()).then(act)
  state.turn = turn.catch(() => undefined)
  return turn
}

/** Whatever is opened with the hold keeps it; where nothing is, another may have it. */
export async function held<T>(phone: Phone, id: string, open: (hold: Hold) => Promise<T | null>): Promise<T | null> {
  const hold = await holdDraft(phone, id)
  let found: T | null = null
  try {
    found = await open(hold)
    return found
  } finally {
    if (!found) hold.release()
  }
}

/** In its turn, with nothing else open. */
export async function opened(state: AppState, session: Session, app: Surroundings, draft: OpenDraft, hold: Hold): Promise<OpenInterview | null> {
  const { phone } = session
  const { household, questionnaire } = draft.document
  const definition = withNotice((await definitionOf<Definition>(phone, questionnaire)) ?? session.definition, session.register)
  if (!definition) return null
  const village = villageOf(session, household.village)
  const boundary = village ? await boundaryOf<Boundary>(phone, village.subdistrict_code) : null
  const known = session.households.find(({ id }) => id === household.id) ?? null
  state.open = new OpenInterview(app, { draft, hold, definition, boundary, household: known, village })
  return state.open
}

/** The draft of that id, read from the phone; null when it is not here, or the one before cannot be left. */
export function openInterview(state: AppState, session: Session, app: Surroundings, id: string): Promise<OpenInterview | null> {
  return inTurn(state, async () => {
    if (state.open?.id === id) return state.open
    if (!(await leave(state))) return null
    return held(session.phone, id, async (hold) => {
      const draft = await loadDraft<InterviewDocument>(session.phone, session.vault, id)
      return draft && opened(state, session, app, draft, hold)
    })
  })
}

interface Begun {
  place: Place
  outcome: Outcome
  mode: Mode
  note: string
}

/** A new one, not yet on disk: its first screen saves it. Null where there is no questionnaire, or the one before cannot be left. */
export function beginInterview(state: AppState, session: Session, app: Surroundings, asked: Begun): Promise<OpenInterview | null> {
  return inTurn(state, async () => ((await leave(state)) ? begun(state, session, app, asked) : null))
}

async function begun(state: AppState, session: Session, app: Surroundings, asked: Begun): Promise<OpenInterview | null> {
  const { definition, phone, account } = session
  if (!definition) return null
  const device = (await deviceOf(phone)).id
  const document = newInterview(session, definition, { ...asked, device, now: trustedNow(session) })
  document.outcome_note = asked.note
  return held(phone, document.interview, (hold) => opened(state, session, app, newDraft(account.id, document, 'notice'), hold))
}

/** The next revision of a finished one; null when the register has it, or the one before cannot be left. Problem 'draft-held' while another tab shows it. */
export function reopenInterview(state: AppState, session: Session, app: Surroundings, id: string): Promise<OpenInterview | null> {
  return inTurn(state, async () => {
    if (!(await leave(state))) return null
    return held(session.phone, id, async (hold) => {
      const draft = await reopenDraft<InterviewDocument>(session.phone, session.vault, hold)
      return draft && opened(state, session, app, draft, hold)
    })
  })
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

/** Whatever is being asked, or being opened, is saved and let go. False where no disk takes its answers: then it stays. */
export function closeInterview(state: AppState): Promise<boolean> {
  const left = taken(state)
  return inTurn(state, async () => (await letGo(state, left)) && leave(state))
}

/** In its turn. */
export function leave(state: AppState): Promise<boolean> {
  return letGo(state, taken(state))
}

type Left = Pick<AppState, 'open' | 'asking'>

function taken(state: AppState): Left {
  const { open, asking } = state
  Object.assign(state, { open: null, asking: null })
  return { open, asking }
}

/** The search for its position ends too. */
async function letGo(state: AppState, { open, asking }: Left): Promise<boolean> {
  if (open) stopWatching(open)
  const stays: Left = { open: open && !(await open.close()) ? open : null, asking: asking && !(await asking.kept.close()) ? asking : null }
  if (!stays.open && !stays.asking) return true
  Object.assign(state, stays)
  return false
}

/** Answers that no disk takes are on screen or one tap away: nothing else is opened until they are saved. */
export function isInTrouble({ open, asking }: Left): boolean {
  return Boolean(open?.trouble || asking?.kept.trouble)
}

/** The household agreed and somebody stands at its door: the phone may look where that is. */
export function watchPosition(open: OpenInterview): void {
  const { document } = open
  if (document.mode === 'doorstep' && document.notice?.agreed && !open.readOnly) startWatching(open)
}
