/** Who was in the household last year and is not any more: each with a reason, or put back. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, choiceButtons, noticeBox } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context, InterviewDocument, RosterEntry } from './context.ts'
import { leavers, putBack } from './member-table.ts'

export const REASONS = ['moved_out', 'died', 'other_household', 'never_member', 'twice'] as const

/** Whether somebody was taken out of the table and nobody has said why. */
export function lacksReason(document: InterviewDocument): boolean {
  return leavers(document).some(({ left }) => !left)
}

function leaver(context: Context, { member, name, left }: RosterEntry): TemplateResult {
  const say = (reason: string) =>
    context.change((document) => {
      const entry = document.roster?.find((one) => one.member === member)
      if (entry) entry.left = reason
    })
  const options = REASONS.map((reason) => ({ name: reason, label_th: t(`members.left_${reason}`) }))
  return html`<li class="card stack">
    ${choiceButtons({ id: `left-${member}`, legend: t('members.left_why', { name: name || t('members.left_nameless') }), value: left ?? '', options, onChange: say })}
    ${context.readOnly ? nothing : bigButton(t('members.put_back', { name: name || t('members.left_nameless') }), () => context.change((document) => putBack(document, member)), { kind: 'quiet' })}</li>`
}

/** Below the table; nothing where everybody of last year is there. */
export function leaversList(context: Context): TemplateResult | typeof nothing {
  const gone = leavers(context.document)
  if (!gone.length) return nothing
  return html`<section class="stack" aria-labelledby="leavers"><h2 id="leavers">${t('members.left_title')}</h2>
    ${lacksReason(context.document) ? noticeBox('warn', t('members.left_needed')) : nothing}
    <ul class="stack list-plain">${gone.map((one) => leaver(context, one))}</ul></section>`
}
