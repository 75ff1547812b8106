/** Beginning and going on with a correction: from the register's copy, or from newer work on this phone where the volunteer chose so. */
import { deviceOf, type Draft, dropDraft, type Hold, loadDraft, newDraft, saveDraft } from '../outbox/index.ts'
import { t } from '../ui/language.ts'
import { interviewPath } from '../ui/router.ts'
import { say } from '../ui/undo.ts'
import type { App } from './app.ts'
import type { InterviewDocument } from './context.ts'
import { correctionOf, firstStep, reopenedFor, type Returned, underReturn } from './correction.ts'
import { held, inTurn, isInTrouble, leave, opened } from './interviews.ts'
import { correctionUnderWay, newerWork } from './newer-work.ts'
import { reloadWork, type Session, trustedNow } from './session.ts'

type OpenDraft = Draft<InterviewDocument>

/** Opens at the first thing that waits for an answer. Newer work is never replaced without a choice: then both are shown. */
export async function correct(app: App, interview: string, from?: 'here' | 'register'): Promise<void> {
  const { state, surroundings } = app
  const { session } = state
  const returned = session?.returns.find((one) => one.interview === interview)
  if (!session || !returned) return
  if (!from && newerWork(returned, session.drafts, session.entries.get(returned.household) ?? null)) return app.go(`/app/household/${encodeURIComponent(returned.household)}`)
  let draft = null as OpenDraft | null
  const open = await inTurn(state, async () => {
    if (!(await leave(state))) return null
    return held(session.phone, interview, async (hold) => {
      draft = hold.writable ? await draftFor(session, hold, returned, from) : null
      return draft && opened(state, session, surroundings, draft, hold)
    })
  })
  if (!open) return say(t(isInTrouble(state) ? 'shell.trouble_first' : draft ? 'home.no_definition' : 'shell.read_only'))
  state.chosen.replacing = ''
  await app.refresh(reloadWork)
  app.go(interviewPath(open.id, firstStep(open.document, returned)))
}

/** On disk when it returns. */
async function draftFor(session: Session, hold: Hold, returned: Returned, from: 'here' | 'register' | undefined): Promise<OpenDraft> {
  const { phone, vault } = session
  const held = await loadDraft<InterviewDocument>(phone, vault, hold.id)
  if (held && correctionUnderWay(returned, session.drafts)) return held
  const drafted = held && from !== 'register' ? continued(held, returned) : null
  if (drafted) return saveDraft(phone, vault, hold, drafted)
  if (held) await dropDraft(phone, hold)
  return saveDraft(phone, vault, hold, await copied(session, returned))
}

/** What is on this phone is corrected: the revision that came back, or newer work. */
function continued(held: OpenDraft, returned: Returned): OpenDraft | null {
  const { finished, document } = held
  if (!finished) return { ...held, document: underReturn(document, returned), returned }
  const next = { ...document, number: finished.number + 1, based_on: [finished.digest] }
  if (!returned.base.includes(finished.digest)) return finished.number > returned.number ? { ...held, document: underReturn(next, returned), finished: null, returned } : null
  const known = { ...returned, answers: structuredClone(document) } // with the numbers that this phone still has
  return { ...held, document: reopenedFor(next, known), finished: null, returned: known }
}

/** A newer revision on its way is followed too, so that the two do not contradict each other at the register. */
async function copied(session: Session, returned: Returned): Promise<OpenDraft> {
  const { phone, account } = session
  const device = (await deviceOf(phone)).id
  const document = correctionOf(returned, { account: account.id, device, app: phone.world.app, now: trustedNow(session) })
  const entry = session.entries.get(returned.household)
  const later = entry && entry.interview === returned.interview && entry.number >= document.number ? entry : null
  const placed = later ? { ...document, number: later.number + 1, based_on: [...document.based_on, later.digest] } : document
  return { ...newDraft(account.id, placed, firstStep(placed, returned)), returned }
}
