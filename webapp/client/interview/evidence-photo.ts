/** Taking a photo: camera in the page, or a picture from the phone; kept encrypted before the camera closes. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { AsyncDirective } from 'lit-html/async-directive.js'
import { directive } from 'lit-html/directive.js'
import { guard } from 'lit-html/directives/guard.js'
import { ref } from 'lit-html/directives/ref.js'
import { CameraTrouble, closeCamera, openCamera } from '../capture/camera.ts'
import type { Capture } from '../capture/digest.ts'
import { photoFromFile, photoFromVideo, PhotoTrouble } from '../capture/photo.ts'
import { bigButton, noticeBox, waiting } from '../ui/components.ts'
import { thaiTime } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { Context, EvidenceFile } from './context.ts'
import { drop, fileOf, hold, letGo } from './evidence-held.ts'
import { keptPicture } from './evidence-picture.ts'

type PhotoKind = 'photo' | 'other_photo'

/** The text for what went wrong; anything else is the phone's storage. */
function troubleKey(error: unknown): string {
  if (error instanceof CameraTrouble) return `evidence.camera_${error.reason}`
  if (error instanceof PhotoTrouble) return `evidence.photo_${error.reason}`
  return 'evidence.photo_not_kept'
}

/** The live picture with its buttons, not just a corner of it. */
function intoSight(camera?: Element): void {
  if (camera) requestAnimationFrame(() => camera.scrollIntoView({ block: 'center' }))
}

class PhotoTaking extends AsyncDirective {
  private stream: MediaStream | null = null
  private busy: '' | 'opening' | 'working' = ''
  private trouble = ''
  private context!: Context
  private kind: PhotoKind = 'photo'

  render(context: Context, kind: PhotoKind): unknown {
    this.context = context
    this.kind = kind
    return this.template()
  }

  override disconnected(): void {
    this.close()
  }

  private draw(): void {
    if (this.isConnected) this.setValue(this.template())
  }

  private close(): void {
    if (this.stream) closeCamera(this.stream)
    this.stream = null
  }

  /** One act at a time; a second tap meanwhile does nothing. */
  private async act(busy: 'opening' | 'working', work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = busy
    this.trouble = ''
    this.draw()
    try {
      await work()
    } catch (error) {
      this.trouble = troubleKey(error)
    }
    this.busy = ''
    this.draw()
  }

  private open(): Promise<void> {
    return this.act('opening', async () => {
      const stream = await openCamera()
      if (this.isConnected) this.stream = stream
      else closeCamera(stream)
    })
  }

  private shoot(event: Event): Promise<void> {
    const video = (event.currentTarget as HTMLElement).closest('.camera')?.querySelector('video')
    return this.act('working', async () => {
      if (!video) return
      await this.keep(photoFromVideo(video, this.context.now()))
      this.close()
    })
  }

  private choose(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    const emptied = () => {
      input.value = '' // so that the same file, chosen again after trouble, is a change
    }
    return this.act('working', async () => {
      if (file) await this.keep(photoFromFile(file, this.context.now()))
    }).finally(emptied)
  }

  private keep(taken: Promise<Capture>): Promise<void> {
    return this.context.during(taken.then((capture) => this.replace(capture)))
  }

  /** The new one is safe before the old one goes. */
  private async replace(capture: Capture): Promise<void> {
    const { context, kind } = this
    const before = fileOf(context.document, kind)
    await context.files.keep(capture.bytes, capture.sha256)
    context.change((document) => hold(document, kind, capture))
    if (before) await letGo(context, [before])
  }

  private async remove(file: EvidenceFile): Promise<void> {
    this.context.change((document) => drop(document, this.kind))
    await letGo(this.context, [file])
  }

  private stop(): void {
    this.close()
    this.draw()
  }

  private template(): TemplateResult {
    const file = fileOf(this.context.document, this.kind)
    return html`<div class="photo">
      ${this.trouble ? noticeBox('warn', t(this.trouble), true) : nothing}
      ${this.busy ? waiting(t(`evidence.photo_${this.busy}`)) : nothing}
      ${this.stream ? this.camera() : file ? this.kept(file) : nothing}
      ${this.stream || this.context.readOnly ? nothing : this.ways(file !== null)}</div>`
  }

  /** Guarded: a video given the same stream again starts anew and shows nothing for a moment. */
  private camera(): TemplateResult {
    return html`<div class="camera" ${ref(intoSight)}><video class="camera__picture" autoplay playsinline .muted=${true} .srcObject=${guard([this.stream], () => this.stream)} aria-label=${t('evidence.photo_preview')}></video>
      <div class="actions">${bigButton(t('evidence.photo_shoot'), (event) => void this.shoot(event), { icon: 'camera', disabled: this.busy !== '' })}
        ${bigButton(t('evidence.photo_cancel'), () => this.stop(), { kind: 'secondary' })}</div></div>`
  }

  private kept(file: EvidenceFile): TemplateResult {
    const words = t('evidence.photo_kept', { size: Math.ceil(file.size / 1024), time: thaiTime(file.taken_at, this.context.now()) })
    return html`<figure class="evidence__figure">${keptPicture(this.context.files, file, words)}<figcaption>${words}</figcaption></figure>
      ${this.context.readOnly ? nothing : bigButton(t('evidence.photo_remove'), () => void this.remove(file), { kind: 'quiet', icon: 'trash' })}`
  }

  private ways(again: boolean): TemplateResult {
    const open = again ? 'evidence.photo_again' : this.kind === 'photo' ? 'evidence.photo_open' : 'evidence.other_photo_open'
    return html`<div class="actions">${bigButton(t(open), () => void this.open(), { kind: again ? 'secondary' : 'primary', icon: 'camera', disabled: this.busy !== '' })}
      <label class="button button--secondary file-button"><input type="file" accept="image/*" class="file-button__input" data-kind=${this.kind}
        ?disabled=${this.busy !== ''} @change=${(event: Event) => void this.choose(event)}><span>${t('evidence.photo_file')}</span></label></div>`
  }
}

/** `${photoTaking(context, 'photo')}`. */
export const photoTaking = directive(PhotoTaking)
