/** One household being asked again: answers go in and are saved at once; what every screen of it is given. */
import type { Definition, Question } from '../engine/types.ts'
import { held } from '../interview/interviews.ts'
import { KeptDraft } from '../interview/kept-draft.ts'
import type { Answering } from '../interview/question-fields.ts'
import type { Session } from '../interview/session.ts'
import { deviceOf, loadDraft, newDraft, type Draft, type Hold } from '../outbox/index.ts'
import { type BackCheck, newBackCheck } from './back-check.ts'
import { forumQuestions, isSettled } from './questions.ts'
import type { HeldForum, House } from './standing.ts'

/** What the app does for a household being asked. */
interface Surroundings {
  session: () => Session
  render: () => void
}

export class Asking implements Answering {
  readonly forum: HeldForum
  readonly house: House
  readonly definition: Definition
  readonly questions: Question[]
  readonly kept: KeptDraft<BackCheck>
  private readonly app: Surroundings

  constructor(app: Surroundings, about: { forum: HeldForum; house: House; definition: Definition }, draft: Draft<BackCheck>, hold: Hold) {
    this.app = app
    this.forum = about.forum
    this.house = about.house
    this.definition = about.definition
    this.questions = forumQuestions(about.forum.questions, about.definition)
    this.kept = new KeptDraft(draft, hold, app.session, app.render)
  }

  get document(): BackCheck {
    return this.kept.draft.document
  }

  get readOnly(): boolean {
    return this.kept.readOnly
  }

  /** What has neither an answer nor been left out; who answers is asked first of all. */
  get open(): number {
    const unsettled = this.questions.filter((question) => !isSettled(question, this.document)).length
    return unsettled + (this.document.respondent ? 0 : 1)
  }

  change(mutate: (document: BackCheck) => void): void {
    if (this.readOnly) return
    mutate(this.document)
    this.app.render()
    void this.kept.save()
  }

  /** A screen of it opens: there it goes on next time. */
  show(step: string): void {
    this.kept.draft.step = step
    void this.kept.save()
  }
}

/** A household whose asking begins, not yet on disk; or the one begun before. Null where the questionnaire is not on the phone, or the draft is gone. */
export async function askingOf(app: Surroundings, forum: HeldForum, house: House): Promise<Asking | null> {
  const session = app.session()
  const { definition, phone, vault, account } = session
  if (definition?.id !== forum.questionnaire) return null
  const fresh = house.draft ? null : newBackCheck(session, forum, house, (await deviceOf(phone)).id)
  const id = house.draft?.id ?? (fresh as BackCheck).interview
  return held(phone, id, async (hold) => {
    const draft = fresh ? newDraft(account.id, fresh, '1') : await loadDraft<BackCheck>(phone, vault, id)
    return draft && new Asking(app, { forum, house, definition }, draft, hold)
  })
}
