/** A draft while somebody answers: saved once at a time, sealed when it is finished; what no disk takes is told, not lost. */
import { type Draft, finish, type Hold, type InterviewBeingAsked, Problem, saveDraft, type SealedInterview, sealInterview, StorageTrouble } from '../outbox/index.ts'
import type { Session } from './session.ts'

export type Trouble = StorageTrouble['kind']

type Keeping = Pick<Session, 'phone' | 'vault'>

export class KeptDraft<D extends InterviewBeingAsked> {
  readonly draft: Draft<D>
  /** Why the last save failed; the answers are in memory and on screen. */
  trouble: Trouble | null = null
  private readonly hold: Hold
  private readonly session: () => Keeping
  /** Told when trouble comes or goes. */
  private readonly told: () => void
  /** What finish sealed but could not write. */
  private unsaved: SealedInterview[] = []
  private dirty = false
  private saving: Promise<void> | null = null
  private sealing = false
  private done = false

  constructor(draft: Draft<D>, hold: Hold, session: () => Keeping, told: () => void) {
    this.draft = draft
    this.hold = hold
    this.session = session
    this.told = told
  }

  /** Another tab writes it. */
  get heldElsewhere(): boolean {
    return !this.hold.writable
  }

  get readOnly(): boolean {
    return this.done || !this.hold.writable || this.draft.finished !== null
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
    const { phone, vault } = this.session()
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
    this.told()
  }

  /** Left: everything is on disk, or said not to be; another tab may write now. */
  async close(): Promise<void> {
    await this.save()
    this.letGo()
  }

  /** Left as it is on the disk. */
  letGo(): void {
    this.hold.release()
  }

  /** What no disk would take, sealed as it stands, for the rescue file. */
  async sealedNow(): Promise<SealedInterview[]> {
    if (this.unsaved.length || !this.trouble) return this.unsaved
    const { phone, vault } = this.session()
    return sealInterview(phone, vault, this.draft).then((sealed) => [sealed], () => [])
  }

  /** In the outbox when it returns; otherwise it can be tried again. */
  async finish(): Promise<void> {
    if (this.readOnly) throw new Problem('draft-held')
    const { phone, vault } = this.session()
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
  }
}
