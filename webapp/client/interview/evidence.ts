/** Evidence of consent: any of photo, signature, position or other; at least one, none in particular. */
import { html, type TemplateResult } from 'lit-html'
import { bottomBar, noticeBox, screen, textField } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { evidenceCard } from './evidence-card.ts'
import { describeOther, kindsHeld, noteOf } from './evidence-held.ts'
import { evidenceRequest, heldEarlier } from './review-note.ts'
import { photoTaking } from './evidence-photo.ts'
import { positionTaking } from './evidence-position.ts'
import { signing } from './evidence-signature.ts'

function held(context: Context): TemplateResult {
  const count = kindsHeld(context.document).length
  const needed = context.document.outcome === 'interviewed'
  const words = count ? t('evidence.have', { count }) : t('evidence.have_none')
  return noticeBox(count ? 'good' : 'info', html`<p>${t(needed ? 'evidence.explain' : 'evidence.not_needed')}</p><p><strong>${words}</strong></p>`, true)
}

function other(context: Context): TemplateResult {
  return html`${textField({
    id: 'evidence-note',
    label: t('evidence.other_note'),
    value: noteOf(context.document),
    required: false,
    lines: 2,
    maxlength: 500,
    disabled: context.readOnly,
    onInput: (note) => context.change((document) => describeOther(document, note)),
  })}${photoTaking(context, 'other_photo')}`
}

/** A paper form is typed at a desk: where the desk stands proves nothing. */
function position(context: Context, isHeld: boolean): TemplateResult {
  if (context.document.mode === 'paper') return html``
  return evidenceCard({ kind: 'position', drawing: 'pin', held: isHeld, body: html`${heldEarlier(context, 'position')}${positionTaking(context)}` })
}

/** หลักฐานการยินยอม. */
export function evidenceScreen(context: Context): TemplateResult {
  const kinds = new Set(kindsHeld(context.document))
  return screen({
    title: t('evidence.title'),
    over: t('evidence.over'),
    body: html`${evidenceRequest(context)}${held(context)}
      ${evidenceCard({ kind: 'photo', drawing: 'camera', held: kinds.has('photo'), body: html`${heldEarlier(context, 'photo')}${photoTaking(context, 'photo')}` })}
      ${evidenceCard({ kind: 'signature', drawing: 'pen', held: kinds.has('signature'), body: html`${heldEarlier(context, 'signature')}${signing(context)}` })}
      ${position(context, kinds.has('position'))}
      ${evidenceCard({ kind: 'other', drawing: 'paper', held: kinds.has('other'), body: html`${heldEarlier(context, 'other')}${other(context)}` })}`,
    bar: bottomBar({ back: context.back, next: () => context.go('finish'), nextLabel: t('evidence.to_finish') }),
  })
}
