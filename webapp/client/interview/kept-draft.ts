/** A draft while somebody answers: saved once at a time, sealed when it is finished; what no disk takes is told, not lost. */
import { type Draft, finish, type Hold, type InterviewBeingAsked, Problem, saveDraft, type SealedInterview, sealInterview, StorageTrouble } from '../outbox/index.ts'
import type { Session } from './session.ts'

export type Trouble = StorageTrouble['kind']

type Keeping = Pick<Session, 'phone' | 'vault'>

/** A photo that takes longer is not waited for: the phone must lock. */
const PATIENCE_MS = 10_000

export class KeptDraft<D extends InterviewBeingAsked> {
  readonly draft: Draft<D>
  /** Why the last save failed; the answers are in memory and on screen. */
  trouble: Trouble | null = null
  private readonly hold: Hold
  private readonly session: () => Keeping
  /** Told when trouble comes or goes. */
  private readonly told: () => void
  /** What finish sealed but could not write, and the document as it stood then. */
  private unsaved: { sealed: SealedInterview; document: string } | null = null
  private dirty = false
  private saving: Promise<void> | null = null
  private finishing: Promise<void> | null = null
  private sealing = false
  private works = new Set<Promise<unknown>>()
  private done = false
  private left = false

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

  /** Sealed, being sealed (what came later would not be in it), let go, or never ours to write. */
  get readOnly(): boolean {
    return this.done || this.left || this.sealing || !this.hold.writable || this.draft.finished !== null
  }

  /** It is on its way into the outbox. */
  get isSealing(): boolean {
    return this.sealing
  }

  /** What is being kept, a photo perhaps: finishing and leaving wait for it. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.works.add(work)
    return work.finally(() => this.works.delete(work))
  }

  private async worked(): Promise<void> {
    if (!this.works.size) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS)
    })
    await Promise.race([Promise.allSettled(this.works), late])
    clearTimeout(timer)
  }

  /** One save at a time; what changes meanwhile is saved by the next round. */
  save(): Promise<void> {
    if (this.readOnly) return Promise.resolve()
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

  /** Left: everything is on disk, and another tab may write now. False where the disk takes nothing: then it stays, answers and all. */
  async close(): Promise<boolean> {
    await this.finishing?.catch(() => undefined)
    await this.worked()
    await this.save()
    if (this.trouble) return false
    this.letGo()
    return true
  }

  /** Left as it is on the disk. */
  letGo(): void {
    this.left = true
    this.hold.release()
  }

  /** What no disk would take, sealed as it stands, for the rescue file. */
  async sealedNow(): Promise<SealedInterview[]> {
    if (this.unsaved?.document === JSON.stringify(this.draft.document)) return [this.unsaved.sealed]
    if (!this.unsaved && !this.trouble) return []
    const { phone, vault } = this.session()
    return sealInterview(phone, vault, this.draft).then((sealed) => [sealed], () => [])
  }

  /** In the outbox when it returns; otherwise it can be tried again. Nothing changes meanwhile: it would be on screen, and not in what was sealed. */
  async finish(): Promise<void> {
    if (this.readOnly || this.finishing) throw new Problem('draft-held')
    this.finishing = this.seal().finally(() => {
      this.finishing = null
    })
    return this.finishing
  }

  private async seal(): Promise<void> {
    await this.worked()
    await this.saving
    const { phone, vault } = this.session()
    const document = JSON.stringify(this.draft.document)
    this.hush(true)
    try {
      await finish(phone, vault, this.hold, this.draft)
      Object.assign(this, { done: true, trouble: null })
    } catch (error) {
      if (error instanceof StorageTrouble && error.sealed) this.unsaved = { sealed: error.sealed as SealedInterview, document }
      throw error
    } finally {
      this.hush(false)
    }
  }

  private hush(sealing: boolean): void {
    this.sealing = sealing
    this.told()
  }
}
