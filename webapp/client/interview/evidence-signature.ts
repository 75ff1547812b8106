/** The signature: a large place to sign, kept as strokes and as a small picture. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { AsyncDirective } from 'lit-html/async-directive.js'
import { directive } from 'lit-html/directive.js'
import { ref } from 'lit-html/directives/ref.js'
import { openPad, type Pad } from '../capture/signature.ts'
import { bigButton, noticeBox } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context, EvidenceFile } from './context.ts'
import { drop, fileOf, hold, letGo } from './evidence-held.ts'
import { keptPicture } from './evidence-picture.ts'

class Signing extends AsyncDirective {
  private open = false
  private pad: Pad | null = null
  private busy = false
  private failed = false
  private context!: Context

  render(context: Context): unknown {
    this.context = context
    return this.template()
  }

  override disconnected(): void {
    this.pad?.close()
    this.pad = null
    this.open = false
  }

  private draw(): void {
    if (this.isConnected) this.setValue(this.template())
  }

  private show(open: boolean): void {
    this.open = open
    this.draw()
  }

  /** Bound once: the canvas is made a pad when it appears and let go when it leaves. */
  private readonly place = (canvas?: Element): void => {
    this.pad?.close()
    this.pad = canvas ? openPad(canvas as HTMLCanvasElement, () => this.draw()) : null
    if (canvas) requestAnimationFrame(() => canvas.scrollIntoView({ block: 'center' }))
  }

  private async keep(): Promise<void> {
    if (this.busy || !this.pad || this.pad.isEmpty()) return
    this.busy = true
    this.draw()
    try {
      await this.context.during(this.keepBoth(this.pad))
      this.failed = false
      this.open = false
    } catch {
      this.failed = true
    }
    this.busy = false
    this.draw()
  }

  private async keepBoth(pad: Pad): Promise<void> {
    const { files } = this.context
    const before = this.kept()
    const [picture, strokes] = await pad.take(this.context.now())
    await files.keep(picture.bytes, picture.sha256)
    await files.keep(strokes.bytes, strokes.sha256)
    this.context.change((document) => {
      hold(document, 'signature', picture)
      hold(document, 'signature_strokes', strokes)
    })
    await letGo(this.context, before)
  }

  private kept(): EvidenceFile[] {
    const { document } = this.context
    return [fileOf(document, 'signature'), fileOf(document, 'signature_strokes')].filter((file) => file !== null)
  }

  private async remove(): Promise<void> {
    const files = this.kept()
    this.context.change((document) => {
      drop(document, 'signature')
      drop(document, 'signature_strokes')
    })
    await letGo(this.context, files)
  }

  private template(): TemplateResult {
    const file = fileOf(this.context.document, 'signature')
    return html`${this.failed ? noticeBox('warn', t('evidence.signature_not_kept'), true) : nothing}
      ${this.open ? this.signing() : file ? this.signed(file) : this.offer('evidence.signature_open', 'primary')}`
  }

  private offer(key: string, kind: 'primary' | 'secondary'): TemplateResult | typeof nothing {
    return this.context.readOnly ? nothing : bigButton(t(key), () => this.show(true), { kind, icon: 'pen' })
  }

  private signed(file: EvidenceFile): TemplateResult {
    return html`<figure class="evidence__figure">${keptPicture(this.context.files, file, t('evidence.signature_picture'))}</figure>
      <div class="actions">${this.offer('evidence.signature_again', 'secondary')}
        ${this.context.readOnly ? nothing : bigButton(t('evidence.signature_remove'), () => void this.remove(), { kind: 'quiet', icon: 'trash' })}</div>`
  }

  private signing(): TemplateResult {
    const empty = !this.pad || this.pad.isEmpty()
    return html`<p class="help signature__turn">${t('evidence.signature_turn')}</p>
      <canvas class="signature__area" role="img" aria-label=${t('evidence.signature_area')} ${ref(this.place)}></canvas>
      <div class="actions">
        ${bigButton(t('evidence.signature_keep'), () => void this.keep(), { icon: 'check', disabled: empty || this.busy })}
        ${bigButton(t('evidence.signature_undo'), () => this.pad?.undo(), { kind: 'secondary', icon: 'return', disabled: empty })}
        ${bigButton(t('evidence.signature_clear'), () => this.pad?.clear(), { kind: 'secondary', disabled: empty })}
        ${bigButton(t('evidence.signature_cancel'), () => this.show(false), { kind: 'quiet' })}</div>`
  }
}

/** `${signing(context)}`. */
export const signing = directive(Signing)
