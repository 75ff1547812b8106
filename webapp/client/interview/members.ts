/** The member table: who lives here, the head first. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { Member } from '../engine/types.ts'
import { badge, bigButton, bottomBar, empty, iconButton, icon, noticeBox, screen } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import { interviewPath } from '../ui/router.ts'
import { offerUndo } from '../ui/undo.ts'
import type { Context } from './context.ts'
import { addMember, headFirst, isHead, moveMember, removeMember } from './member-table.ts'
import { lacksReason, leaversList } from './member-leavers.ts'
import { ageWords, labelOf, memberName } from './member-words.ts'

function add(context: Context): void {
  let id = ''
  context.change((document) => {
    id = addMember(document, context.definition)
  })
  if (id) context.go(`member/${id}`)
}

function remove(context: Context, member: Member, name: string): void {
  let restore: ReturnType<typeof removeMember> = () => {}
  context.change((document) => {
    restore = removeMember(document, member.id)
  })
  // the list of leavers brings somebody of last year back, and asks for the reason where a strip would lie over it
  if (!context.document.roster?.some((one) => one.member === member.id)) offerUndo(t('members.removed', { name }), () => context.change(restore))
}

function move(context: Context, member: Member, by: -1 | 1): void {
  context.change((document) => moveMember(document, member.id, by))
}

function badges(context: Context, member: Member): TemplateResult {
  const missing = context.evaluation.missing.filter((key) => key.startsWith(`members.${member.id}.`)).length
  const relation = labelOf(context.definition, member, 'relation')
  return html`<p class="member__badges">${relation ? badge(isHead(context.definition, member) ? 'info' : 'quiet', relation) : nothing}
    ${member.respondent === true ? badge('good', t('members.respondent'), 'speak') : nothing}
    ${missing ? badge('warn', t('members.missing', { count: missing }), 'warn') : nothing}</p>`
}

function row(context: Context, member: Member, at: number): TemplateResult {
  const name = memberName(context.definition, member, at)
  const about = [ageWords(context.evaluation.ages[member.id]), labelOf(context.definition, member, 'sex')].filter(Boolean).join(' · ')
  const last = context.document.members.length - 1
  return html`<li class="member">
    <a class="member__open" href=${interviewPath(context.document.interview, `member/${member.id}`)}>
      <span class="member__number">${at + 1}</span>
      <span class="member__who"><span class="member__name">${name}</span><span class="member__about">${about || t('members.no_age')}</span>${badges(context, member)}</span>
      ${icon('next')}</a>
    ${context.readOnly ? nothing : html`<div class="member__acts">
      ${iconButton(t('members.up', { name }), 'up', () => move(context, member, -1), at === 0)}
      ${iconButton(t('members.down', { name }), 'down', () => move(context, member, 1), at === last)}
      ${iconButton(t('members.remove', { name }), 'trash', () => remove(context, member, name))}</div>`}</li>`
}

function advice(context: Context): unknown {
  const { document, definition } = context
  const heads = document.members.filter((member) => isHead(definition, member)).length
  const misplaced = heads === 1 && document.members[0] && !isHead(definition, document.members[0])
  const asksRespondent = definition.members.some((field) => field.id === 'respondent')
  const silent = document.members.length > 0 && !document.members.some((member) => member.respondent === true)
  return html`
    ${misplaced ? noticeBox('warn', html`<p>${t('members.head_first')}</p>${bigButton(t('members.head_first_go'), () => context.change((now) => headFirst(now, definition)), { kind: 'secondary' })}`) : nothing}
    ${asksRespondent && silent ? noticeBox('info', t('members.no_respondent')) : nothing}`
}

function listed({ household }: Context): unknown {
  if (!household?.head_name && !household?.people) return nothing
  const words = [household.head_name ?? '', household.people ? t('home.people', { count: household.people }) : ''].filter(Boolean).join(' · ')
  return html`<p class="help">${t('members.listed', { words })}</p>`
}

/** สมาชิกในครัวเรือน. */
export function membersScreen(context: Context): TemplateResult {
  const { members } = context.document
  return screen({
    title: t('members.title'),
    over: members.length ? t('members.count', { count: members.length }) : t('members.over'),
    body: html`<p class="help">${t('members.help')}</p>${context.document.roster ? html`<p class="help">${t('members.roster_help')}</p>` : listed(context)}
      ${members.length
        ? html`<ol class="members">${repeat(members, (member) => member.id, (member, at) => row(context, member, at))}</ol>`
        : empty(t('members.none'), t('members.none_advice'))}
      ${leaversList(context)}
      ${advice(context)}
      ${bigButton(members.length ? t('members.add') : t('members.add_first'), () => add(context), { kind: members.length ? 'secondary' : 'primary', icon: 'plus', wide: true, disabled: context.readOnly, next: members.length === 0 })}`,
    bar: bottomBar({ back: context.back, next: () => context.go('contents'), nextDisabled: members.length === 0 || lacksReason(context.document) }),
  })
}
