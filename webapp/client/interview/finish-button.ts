/** The one button that ends an interview: tapped twice it acts once, and what fails can be tried again. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { AsyncDirective } from 'lit-html/async-directive.js'
import { directive } from 'lit-html/directive.js'
import { Problem, StorageTrouble } from '../outbox/index.ts'
import { bigButton, noticeBox, waiting } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'

/** The text for a code; every one of them says that nothing is lost. */
export function failureWords(error: unknown): string {
  if (error instanceof StorageTrouble && error.kind === 'full') return 'questions.finish_full'
  const lost = error instanceof Problem && ['evidence-missing', 'file-damaged'].includes(error.code)
  return lost ? 'questions.finish_evidence_lost' : 'questions.finish_failed'
}

/** What is finished: an interview, or asking again at a forum. */
type Finishing = Pick<Context, 'finish' | 'readOnly'>

class FinishButton extends AsyncDirective {
  private busy = false
  private failed = ''
  private context!: Finishing
  private reasons: string[] = []
  private label = ''

  render(context: Finishing, reasons: string[], label = t('questions.finish_now')): unknown {
    Object.assign(this, { context, reasons, label })
    return this.template()
  }

  private draw(): void {
    if (this.isConnected) this.setValue(this.template())
  }

  private async finish(): Promise<void> {
    if (this.busy || this.reasons.length) return
    this.busy = true
    this.failed = ''
    this.draw()
    try {
      await this.context.finish()
    } catch (error) {
      this.failed = failureWords(error)
      this.busy = false
    }
    this.draw()
  }

  private template(): TemplateResult {
    const reasons = this.reasons.join(', ')
    return html`${this.failed ? noticeBox('bad', t(this.failed), true) : nothing}
      <p class="finish__reasons" role="status">${reasons ? t('questions.finish_blocked', { reasons }) : nothing}</p>
      ${this.busy ? waiting(t('questions.finishing')) : bigButton(this.label, () => void this.finish(), {
        icon: 'send', wide: true, next: true, disabled: this.reasons.length > 0 || this.context.readOnly,
      })}`
  }
}

/** `${finishButton(context, reasons, label)}`: while there are reasons against it, it says them and waits. */
export const finishButton = directive(FinishButton)
