/** The answers still missing, each with the way to it, or one reason for all of them. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, noticeBox, textField } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { memberName } from './member-words.ts'
import { stepOf } from './question-failures.ts'
import { paperNumber, questionsOf } from './question-order.ts'

const SHOWN = 6

type Named = Pick<Context, 'definition' | 'document'>

function fieldWords(context: Named, fields: 'cover' | 'members', id: string): string {
  return context.definition[fields].find((field) => field.id === id)?.label_th ?? id
}

/** What a missing thing is called: "6.4 …", "หน้าปก: …", "นายสมชาย: …". */
export function missingWords(context: Named, id: string): string {
  const [where, row = '', field = ''] = id.split('.')
  if (where === 'cover') return `${t('questions.cover')}: ${fieldWords(context, 'cover', row)}`
  if (where === 'members') {
    const at = context.document.members.findIndex((member) => member.id === row)
    const member = context.document.members[at]
    return `${member ? memberName(context.definition, member, at) : t('questions.members')}: ${fieldWords(context, 'members', field)}`
  }
  const question = questionsOf(context.definition).get(id)
  return question ? `${paperNumber(id)} ${question.text_th}`.trim() : id
}

function jump(context: Context, id: string): TemplateResult {
  return html`<li>${bigButton(missingWords(context, id), () => context.go(stepOf(context.definition, id)), { kind: 'quiet', icon: 'edit', wide: true })}</li>`
}

/** Nothing missing, or the list with one box for the reason. */
export function missingPart(context: Context): TemplateResult {
  const { missing } = context.evaluation
  if (missing.length === 0) return noticeBox('good', t('questions.finish_answers_good'))
  const explained = context.document.missing_note?.trim()
  return html`${noticeBox(explained ? 'warn' : 'bad', t('questions.finish_answers_missing', { count: missing.length }))}
    <ul class="jumps">${missing.slice(0, SHOWN).map((id) => jump(context, id))}</ul>
    ${missing.length > SHOWN ? html`<p>${t('questions.finish_more', { count: missing.length - SHOWN })}</p>` : nothing}
    ${textField({
      id: 'missing-note',
      label: t('questions.missing_note'),
      help: t('questions.missing_note_help'),
      value: context.document.missing_note ?? '',
      lines: 2,
      maxlength: 500,
      disabled: context.readOnly,
      onInput: (note) => context.change((document) => {
        if (note.trim()) document.missing_note = note
        else delete document.missing_note
      }),
    })}`
}
