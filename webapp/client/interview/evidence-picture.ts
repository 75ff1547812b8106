/** A picture kept with the draft, decrypted for as long as it is on screen. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { AsyncDirective } from 'lit-html/async-directive.js'
import { directive } from 'lit-html/directive.js'
import type { Context, EvidenceFile } from './context.ts'

type DraftFiles = Context['files']

class KeptPicture extends AsyncDirective {
  private shown = ''
  private url = ''

  render(files: DraftFiles, file: EvidenceFile, alt: string): unknown {
    if (this.shown !== file.sha256) {
      this.shown = file.sha256
      void this.open(files, file, alt)
    }
    return this.url ? this.picture(alt) : nothing
  }

  private async open(files: DraftFiles, file: EvidenceFile, alt: string): Promise<void> {
    const bytes = await files.open(file.sha256).catch(() => null)
    if (!bytes || this.shown !== file.sha256 || !this.isConnected) return
    this.forget()
    this.url = URL.createObjectURL(new Blob([bytes], { type: file.media_type }))
    this.setValue(this.picture(alt))
  }

  private picture(alt: string): TemplateResult {
    return html`<img class="evidence__picture" src=${this.url} alt=${alt}>`
  }

  private forget(): void {
    if (this.url) URL.revokeObjectURL(this.url)
    this.url = ''
  }

  override disconnected(): void {
    this.shown = ''
    this.forget()
  }
}

/** `${keptPicture(files, file, alt)}`. */
export const keptPicture = directive(KeptPicture)
