/** One interview open on screen: answers go in, the engine evaluates, the draft is saved; the context of every screen. */
import { type Compiled, compile } from '../engine/index.ts'
import type { Definition, Evaluation } from '../engine/types.ts'
import type { Household, Village } from '../offline/index.ts'
import { type Draft, type DraftFiles, draftFiles, finish, type Hold, Problem, saveDraft, type SealedInterview, sealInterview, StorageTrouble } from '../outbox/index.ts'
import { interviewPath } from '../ui/router.ts'
import type { Account, Boundary, Context, InterviewDocument } from './context.ts'
import { type Returned, settle } from './correction.ts'
import { judged } from './kept-numbers.ts'
import { sectionOf, Tracker } from './paradata.ts'
import { type Session, trustedNow } from './session.ts'
import { stepBefore } from './steps.ts'

export type Trouble = StorageTrouble['kind']

/** What the app does for an open interview. */
export interface Surroundings {
  session: () => Session
  render: () => void
  go: (path: string) => void
  /** The interview is in the outbox. */
  sealed: (document: InterviewDocument) => void
}

export interface Opened {
  draft: Draft<InterviewDocument>
  hold: Hold
  definition: Definition
  boundary: Boundary | null
  household: Household | null
  village: Village | null
}

export class OpenInterview implements Context {
  readonly definition: Definition
  readonly files: DraftFiles
  readonly boundary: Boundary | null
  readonly household: Household | null
  readonly village: Village | null
  readonly account: Account
  evaluation!: Evaluation
  part = ''
  step = ''
  /** Why the last save failed; the answers are in memory and on screen. */
  trouble: Trouble | null = null
  /** What finish sealed but could not write. */
  unsaved: SealedInterview[] = []
  private draft: Draft<InterviewDocument>
  private readonly hold: Hold
  private readonly compiled: Compiled
  private readonly app: Surroundings
  private readonly tracker = new Tracker()
  private asked!: Set<string>
  private dirty = false
  private saving: Promise<void> | null = null
  private sealing = false
  private done = false

  constructor(app: Surroundings, opened: Opened) {
    const { phone, vault, account } = app.session()
    this.app = app
    this.draft = opened.draft
    this.hold = opened.hold
    this.definition = opened.definition
    this.boundary = opened.boundary
    this.household = opened.household
    this.village = opened.village
    this.account = account
    this.files = draftFiles(phone, vault, opened.draft.id)
    this.compiled = compile(opened.definition)
    this.judge()
  }

  get id(): string {
    return this.draft.id
  }

  /** Where the volunteer was last. */
  get lastStep(): string {
    return this.draft.step || 'contents'
  }

  get document(): InterviewDocument {
    return this.draft.document
  }

  get returned(): Returned | null {
    return this.draft.returned ?? null
  }

  /** Another tab writes it. */
  get heldElsewhere(): boolean {
    return !this.hold.writable
  }

  get readOnly(): boolean {
    return this.done || !this.hold.writable || this.draft.finished !== null
  }

  /** Bound, so that screens may hand these over as they are. */
  refresh = (): void => this.app.render()

  back = (): void => this.go(stepBefore(this.document, this.step))

  asks(key: string): boolean {
    return this.asked.has(key)
  }

  now(): Date {
    return trustedNow(this.app.session())
  }

  change(mutate: (document: InterviewDocument) => void): void {
    if (this.readOnly) return
    mutate(this.document)
    if (this.returned) settle(this.document, this.returned)
    this.judge()
    this.app.render()
    void this.save()
  }

  private judge(): void {
    Object.assign(this, judged(this.compiled, this.document))
  }

  go(path: string): void {
    this.app.go(path.startsWith('/') ? path : interviewPath(this.id, path))
  }

  /** A screen of this interview opens. */
  show(step: string, part: string): void {
    this.step = step
    this.part = part
    if (this.readOnly) return
    this.tracker.enter(this.document, sectionOf(this.definition, step, part), performance.now())
    this.draft.step = part ? `${step}/${part}` : step
    void this.save()
  }

  /** The page is hidden: the time so far is counted, and kept. */
  pause(): void {
    if (this.readOnly) return
    this.tracker.leave(this.document, performance.now())
    void this.save()
  }

  /** Left: everything is on disk, or said not to be; another tab may write now. */
  async close(): Promise<void> {
    if (!this.readOnly) this.tracker.leave(this.document, performance.now())
    await this.save()
    this.hold.release()
  }

  /** One save at a time; what changes meanwhile is saved by the next round. */
  save(): Promise<void> {
    if (this.readOnly || this.sealing) return Promise.resolve()
    this.dirty = true
    this.saving ??= this.saveAll().finally(() => {
      this.saving = null
    })
    return this.saving
  }

  private async saveAll(): Promise<void> {
    const { phone, vault } = this.app.session()
    while (this.dirty && !this.done) {
      this.dirty = false
      try {
        const { updated_at } = await saveDraft(phone, vault, this.hold, this.draft)
        this.draft.updated_at = updated_at
        this.tell(null)
      } catch (error) {
        this.tell(error instanceof StorageTrouble ? error.kind : 'broken')
        return
      }
    }
  }

  private tell(trouble: Trouble | null): void {
    if (this.trouble === trouble) return
    this.trouble = trouble
    this.app.render()
  }

  /** What no disk would take, sealed as it stands, for the rescue file. */
  async sealedNow(): Promise<SealedInterview[]> {
    if (this.unsaved.length || !this.trouble) return this.unsaved
    const { phone, vault } = this.app.session()
    return sealInterview(phone, vault, this.draft).then((sealed) => [sealed], () => [])
  }

  async finish(): Promise<void> {
    if (this.readOnly) throw new Problem('draft-held')
    const { phone, vault } = this.app.session()
    this.tracker.leave(this.document, performance.now())
    await this.saving
    this.sealing = true // what is saved meanwhile must not take the finished draft's place
    try {
      await finish(phone, vault, this.hold, this.draft)
    } catch (error) {
      if (error instanceof StorageTrouble && error.sealed) this.unsaved = [error.sealed as SealedInterview]
      throw error
    } finally {
      this.sealing = false
    }
    this.done = true
    this.app.sealed(this.document)
  }
}
