/** One person of the household: every column of the member table, one under the other. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import { thaiIdProblem } from '../engine/index.ts'
import type { Field, Member } from '../engine/types.ts'
import { bigButton, bottomBar, checkboxes, declineBox, noticeBox, screen } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { fieldControl } from './field-control.ts'
import { keepsNumber, letGo, takeBack } from './kept-numbers.ts'
import { decline, isDeclined, setMember, titleContradictsSex } from './field-values.ts'
import { addMember } from './member-table.ts'
import { ageWords, memberName } from './member-words.ts'

/** Ticks that stand together are one group: a person may be disabled and chronically ill. */
export function groupsOf(fields: Field[]): Field[][] {
  const groups: Field[][] = []
  for (const field of fields) {
    const last = groups.at(-1)
    const together = field.kind === 'flag' && last?.[0]?.kind === 'flag' && Boolean(last[0].sensitive) === Boolean(field.sensitive)
    if (together) last.push(field)
    else groups.push([field])
  }
  return groups
}

function keyOf(member: Member, field: Field): string {
  return `members.${member.id}.${field.id}`
}

function idHint(context: Context, member: Member, value: string): string | undefined {
  if (!value) return undefined
  const problem = thaiIdProblem(value)
  if (problem) return t(`members.id_${problem}`, { count: value.length })
  const twin = context.document.members.some((other) => other.id !== member.id && other.national_id === value)
  return twin ? t('members.id_twice') : undefined
}

function hintOf(context: Context, member: Member, field: Field): string | undefined {
  const value = String(member[field.id] ?? '')
  if (field.id === 'national_id') return idHint(context, member, value)
  if (field.id === 'sex' && titleContradictsSex(member)) return t('members.title_sex')
  if (field.kind === 'birth' && value && !ageWords(context.evaluation.ages[member.id])) return t('members.birth_future')
  return undefined
}

function ageHelp(context: Context, member: Member, field: Field): { help?: string } {
  const words = field.kind === 'birth' ? ageWords(context.evaluation.ages[member.id]) : ''
  return words ? { help: t('members.age_now', { age: words }) } : {}
}

/** The register has the number: it is neither shown nor asked, but may be replaced. */
function keptNumber(context: Context, member: Member): TemplateResult {
  const other = () => context.change((document) => letGo(document, member.id))
  return noticeBox('info', html`<p>${t('returned.number_kept')}</p>${context.readOnly ? nothing : bigButton(t('returned.number_other'), other, { kind: 'secondary', icon: 'edit' })}`)
}

function mayTakeBack({ readOnly, returned }: Context, member: Member, field: Field): boolean {
  return field.id === 'national_id' && !readOnly && (returned?.numbers.includes(member.id) ?? false)
}

/** One box of somebody's row. */
export function memberControl(context: Context, member: Member, field: Field): TemplateResult {
  if (field.kind === 'flag') return ticks(context, member, [field])
  if (field.id === 'national_id' && keepsNumber(member)) return keptNumber(context, member)
  const control = box(context, member, field)
  if (!mayTakeBack(context, member, field)) return control
  const back = () => context.change((document) => takeBack(document, member.id))
  return html`${control}${bigButton(t('returned.number_back'), back, { kind: 'secondary' })}`
}

function box(context: Context, member: Member, field: Field): TemplateResult {
  const key = keyOf(member, field)
  const asked = fieldControl({
    field,
    id: `${member.id}-${field.id}`,
    value: member[field.id],
    disabled: context.readOnly,
    hint: hintOf(context, member, field),
    onChange: (value) => context.change((document) => setMember(document, member.id, field, value)),
    ...ageHelp(context, member, field),
    ...(field.sensitive ? { declined: isDeclined(context.document, key), onDecline: (declined: boolean) => context.change((document) => setDeclined(document, member, [field], declined)) } : {}),
  })
  return field.id === 'no_id_reason' ? reason(member, field, asked) : asked
}

/** Opened only for people without a number, so that it stands in nobody's way. */
function reason(member: Member, field: Field, asked: TemplateResult): TemplateResult {
  return html`<details class="more" ?open=${Boolean(member[field.id])}><summary>${t('members.no_id')}</summary>${asked}</details>`
}

function setDeclined(document: Context['document'], member: Member, fields: Field[], declined: boolean): void {
  for (const field of fields) {
    if (declined) setMember(document, member.id, field, null)
    decline(document, keyOf(member, field), declined)
  }
}

function ticks(context: Context, member: Member, fields: Field[]): TemplateResult {
  const declined = fields.some((field) => isDeclined(context.document, keyOf(member, field)))
  const sensitive = fields.some((field) => field.sensitive)
  const id = `${member.id}-${fields[0]?.id}`
  const help = fields.length > 1 ? t('members.flags_help') : undefined
  return html`<div class="asked">${checkboxes({
    id,
    legend: fields.length > 1 ? t('members.flags') : t('members.flag'),
    ...(help ? { help } : {}),
    options: fields.map((field) => ({ name: field.id, label_th: field.label_th, ...(field.help_th ? { help_th: field.help_th } : {}) })),
    value: fields.filter((field) => member[field.id] === true).map((field) => field.id),
    disabled: context.readOnly || declined,
    onChange: (names) => context.change((document) => {
      for (const field of fields) setMember(document, member.id, field, names.includes(field.id))
    }),
  })}${sensitive ? declineBox({ id, declined, disabled: context.readOnly, onChange: (on) => context.change((document) => setDeclined(document, member, fields, on)) }) : nothing}</div>`
}

function addAnother(context: Context): void {
  let id = ''
  context.change((document) => {
    id = addMember(document, context.definition)
  })
  if (id) context.go(`member/${id}`)
}

function gone(context: Context): TemplateResult {
  return screen({ title: t('members.title'), body: noticeBox('info', t('members.gone')), bar: bottomBar({ back: () => context.go('members') }) })
}

/** One member, named by the path's part. */
export function memberScreen(context: Context): TemplateResult {
  const at = context.document.members.findIndex(({ id }) => id === context.part)
  const member = context.document.members[at]
  if (!member) return gone(context)
  const fields = context.definition.members.filter((field) => context.asks(keyOf(member, field)))
  const show = (group: Field[]) => (group[0]?.kind === 'flag' ? ticks(context, member, group) : memberControl(context, member, group[0] as Field))
  return screen({
    title: memberName(context.definition, member, at),
    personal: true,
    over: t('members.person', { number: at + 1 }),
    body: html`<div class="fields">${repeat(groupsOf(fields), (group) => `${member.id} ${group[0]?.id}`, show)}</div>
      ${bigButton(t('members.add_next'), () => addAnother(context), { kind: 'secondary', icon: 'plus', wide: true, disabled: context.readOnly })}`,
    bar: bottomBar({ back: () => context.go('members'), next: () => context.go('members'), nextLabel: t('members.done') }),
  })
}
