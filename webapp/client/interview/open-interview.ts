/** One interview open on screen: answers go in, the engine evaluates, the draft is saved; the context of every screen. */
import { type Compiled, compile } from '../engine/index.ts'
import type { Definition, Evaluation } from '../engine/types.ts'
import type { Household, Village } from '../offline/index.ts'
import { type Draft, type DraftFiles, draftFiles, type Hold, type SealedInterview } from '../outbox/index.ts'
import { interviewPath } from '../ui/router.ts'
import type { Account, Boundary, Context, InterviewDocument } from './context.ts'
import { type Returned, settle } from './correction.ts'
import { KeptDraft, type Trouble } from './kept-draft.ts'
import { judged } from './kept-numbers.ts'
import { sectionOf, Tracker } from './paradata.ts'
import { type Session, trustedNow } from './session.ts'
import { stepBefore } from './steps.ts'

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
  private readonly kept: KeptDraft<InterviewDocument>
  private readonly compiled: Compiled
  private readonly app: Surroundings
  private readonly tracker = new Tracker()
  private asked!: Set<string>

  constructor(app: Surroundings, opened: Opened) {
    const { phone, vault, account } = app.session()
    this.app = app
    this.kept = new KeptDraft(opened.draft, opened.hold, app.session, app.render)
    this.definition = opened.definition
    this.boundary = opened.boundary
    this.household = opened.household
    this.village = opened.village
    this.account = account
    this.files = draftFiles(phone, vault, opened.draft.id)
    this.compiled = compile(opened.definition)
    this.judge()
  }

  private get draft(): Draft<InterviewDocument> {
    return this.kept.draft
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

  /** Why the last save failed; the answers are in memory and on screen. */
  get trouble(): Trouble | null {
    return this.kept.trouble
  }

  /** Another tab writes it. */
  get heldElsewhere(): boolean {
    return this.kept.heldElsewhere
  }

  get isSealing(): boolean {
    return this.kept.isSealing
  }

  get readOnly(): boolean {
    return this.kept.readOnly
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

  async onDisk(): Promise<boolean> {
    await this.save()
    return !this.trouble
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

  during<T>(work: Promise<T>): Promise<T> {
    return this.kept.during(work)
  }

  /** Left: everything is on disk, and another tab may write now. False where the disk takes nothing: then it stays. */
  async close(): Promise<boolean> {
    if (!this.readOnly) this.tracker.leave(this.document, performance.now())
    return this.kept.close()
  }

  save(): Promise<void> {
    return this.kept.save()
  }

  sealedNow(): Promise<SealedInterview[]> {
    return this.kept.sealedNow()
  }

  async finish(): Promise<void> {
    if (!this.readOnly) this.tracker.leave(this.document, performance.now())
    await this.kept.finish()
    this.app.sealed(this.document)
  }
}
