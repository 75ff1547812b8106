/** A question about people: the members by name, one tap for everyone, or the paper's counts. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { repeat } from 'lit-html/directives/repeat.js'
import type { AnswerValue, Member, PeopleByName, Question } from '../engine/types.ts'
import { checkboxes, choiceButtons, numberField } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { ageWords, memberName } from './member-words.ts'
import { among, counted, countsIn, countsTooMany, groupsOf, namedIn, nobody, peopleAsked, placed, saidOfOne, saysNobody, styleOf, toggled } from './people-answer.ts'
import { groupByTap } from './people-groups.ts'
import { answer } from './question-answer.ts'

const FINE = '-fine-'

interface Asking {
  context: Context
  question: Question
  words: TemplateResult
  people: Member[]
  value: AnswerValue | null | undefined
  id: string
}

function put({ context, question }: Asking, value: AnswerValue | null): void {
  context.change((document) => answer(document, question.id, value))
}

/** Who was named, without people no longer asked about; taking the last one out leaves the question open. */
function name(asking: Asking, value: PeopleByName, openWhenEmpty: boolean): void {
  const kept = among(value, asking.people)
  put(asking, openWhenEmpty && Object.keys(kept.who).length === 0 ? null : kept)
}

/** What is said of somebody in no group. */
function fineWord({ question }: Asking): string {
  return saidOfOne(question.everyone_th) || t('questions.fine')
}

function called({ context }: Asking, member: Member): TemplateResult {
  const at = context.document.members.indexOf(member)
  const age = ageWords(context.evaluation.ages[member.id]) || t('questions.age_unknown')
  return html`<span class="person__name">${memberName(context.definition, member, at)}</span> <small class="person__age">${age}</small>`
}

/** The one tap that answers for all. */
function everyone(asking: Asking): TemplateResult {
  const { context, question, value, id } = asking
  const { mode } = context.document
  const all = saysNobody(value)
  const label = question.everyone_th ?? t(mode === 'paper' ? 'questions.paper_everyone' : 'questions.everyone')
  return html`<label class="choice choice--everyone"><input type="checkbox" class="choice__input" name="${id}-everyone" data-digit="0" .checked=${live(all)}
    ?disabled=${context.readOnly} @change=${() => put(asking, all ? null : nobody(mode))}>
    <span class="choice__mark choice__mark--some" aria-hidden="true"></span><span class="choice__label">${label}</span><kbd class="choice__key" aria-hidden="true">0</kbd></label>`
}

/** What is said of the person so far; '' while the question is open. */
function stateWord(asking: Asking, member: Member): string {
  const [placedIn] = groupsOf(asking.value, member.id)
  if (placedIn) return asking.question.groups?.find((group) => group.name === placedIn)?.label_th ?? ''
  return namedIn(asking.value) ? fineWord(asking) : ''
}

function tap(asking: Asking, member: Member, named: boolean): void {
  const { definition, document } = asking.context
  const group = named ? null : groupByTap(definition, asking.question, document, member.id)
  name(asking, placed(asking.value, member.id, group), named)
}

function personTap(asking: Asking, member: Member, at: number): TemplateResult {
  const { context, question, value, id } = asking
  const named = groupsOf(value, member.id).length > 0
  const state = stateWord(asking, member)
  const look = named ? `person--named person--${question.polarity ?? 'not'}` : ''
  return html`<label class="choice person ${look}"><input type="checkbox" class="choice__input" name="${id}-${member.id}" data-digit=${at < 9 ? at + 1 : ''}
    .checked=${live(named)} ?disabled=${context.readOnly} @change=${() => tap(asking, member, named)}>
    <span class="choice__mark choice__mark--some" aria-hidden="true"></span>
    <span class="choice__label">${called(asking, member)}${state ? html`<span class="person__state">${state}</span>` : nothing}</span>
    ${at < 9 ? html`<kbd class="choice__key" aria-hidden="true">${at + 1}</kbd>` : nothing}</label>`
}

function oneTap(asking: Asking): TemplateResult {
  const { question, words, people } = asking
  const [group, ...others] = question.groups ?? []
  const hint = others.length ? t('questions.everyone_hint_tap') : t('questions.everyone_hint', { group: group?.label_th ?? '' })
  return html`<fieldset class="choices people" data-choices><legend class="choices__legend">${words}</legend>
    <p class="help">${question.help_th ?? hint}</p>
    <div class="choices__list">${everyone(asking)}${repeat(people, (member) => member.id, (member, at) => personTap(asking, member, at))}</div></fieldset>`
}

/** The question and its one tap; under it each person is asked apart. */
function eachApart(asking: Asking, person: (member: Member) => TemplateResult): TemplateResult {
  const { question, words, people, value } = asking
  return html`<div class="people"><fieldset class="choices"><legend class="choices__legend">${words}</legend>
    <p class="help">${question.help_th ?? t('questions.everyone_hint_groups')}</p>
    <div class="choices__list">${everyone(asking)}</div></fieldset>
    ${namedIn(value) !== null && !saysNobody(value) ? html`<p class="help" role="status">${t('questions.others_fine', { word: fineWord(asking) })}</p>` : nothing}
    ${repeat(people, (member) => member.id, person)}</div>`
}

function segments(asking: Asking): TemplateResult {
  const { context, question, value, id } = asking
  const options = [{ name: FINE, label_th: fineWord(asking) }, ...(question.groups ?? []).map(({ name, label_th }) => ({ name, label_th }))]
  return eachApart(asking, (member) => html`<div class="person-card">${choiceButtons({
    id: `${id}-${member.id}`,
    legend: called(asking, member),
    options,
    disabled: context.readOnly,
    value: groupsOf(value, member.id)[0] ?? (namedIn(value) ? FINE : null),
    onChange: (chosen) => name(asking, placed(value, member.id, chosen === FINE ? null : chosen), false),
  })}</div>`)
}

function chips(asking: Asking): TemplateResult {
  const { context, question, value, id } = asking
  const groups = question.groups ?? []
  return eachApart(asking, (member) => html`<div class="person-card">${checkboxes({
    id: `${id}-${member.id}`,
    legend: called(asking, member),
    options: groups.map(({ name, label_th }) => ({ name, label_th })),
    disabled: context.readOnly,
    value: groupsOf(value, member.id),
    onChange: (names) => {
      const before = groupsOf(value, member.id)
      const touched = groups.find((group) => before.includes(group.name) !== names.includes(group.name))
      if (touched) name(asking, toggled(value, member.id, touched.name), true)
    },
  })}</div>`)
}

/** A form already filled: how many are in each group. */
function onPaper(asking: Asking): TemplateResult {
  const { context, question, words, value, id } = asking
  const eligible = context.evaluation.questions[question.id]?.eligible
  const counts = countsIn(value)
  const tooMany = countsTooMany(question, value, eligible)
  const typed = (group: string, count: number | null) => {
    const next = counted(value, group, count)
    put(asking, Object.keys(next.count).length ? next : null)
  }
  return html`<fieldset class="choices people"><legend class="choices__legend">${words}</legend>
    <p class="help">${t('questions.paper_asked', { count: eligible ?? '–' })}</p>
    <div class="choices__list" data-choices>${everyone(asking)}</div>
    <div class="counts">${repeat(question.groups ?? [], (group) => group.name, (group) => numberField({
      id: `${id}-${group.name}`, label: group.label_th, value: counts?.[group.name] ?? null, min: 0, unit: t('questions.person'), disabled: context.readOnly,
      ...(typeof eligible === 'number' ? { max: eligible } : {}), onInput: (count) => typed(group.name, count),
    }))}</div>
    ${tooMany ? html`<p class="problem" role="status">${t('questions.paper_too_many', { count: eligible ?? 0 })}</p>` : nothing}</fieldset>`
}

/** The control of a people question in the interview's mode. */
export function peopleQuestion(context: Context, question: Question, words: TemplateResult): TemplateResult {
  const { members, answers, mode } = context.document
  const people = peopleAsked(members, context.evaluation.questions[question.id]?.eligible_members)
  const asking = { context, question, words, people, value: answers[question.id], id: `q-${question.id}` }
  if (mode === 'paper') return onPaper(asking)
  const style = styleOf(question)
  if (style === 'one_tap') return oneTap(asking)
  return style === 'chips' ? chips(asking) : segments(asking)
}
