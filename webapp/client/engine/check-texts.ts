/** Every question, choice, rule and indicator has its Thai text, and says where it comes from. */

import { type Checking, report } from './problems.ts'
import type { Definition } from './types.ts'

const THAI = /[\u0E01-\u0E5B]/

type Text = [where: string, name: string, text: unknown]

export function checkTexts(checking: Checking): void {
  const { definition } = checking
  for (const [where, name, text] of sentences(definition)) {
    if (isBlank(text)) report(checking, where, `ไม่มีข้อความ ${name}`, `${name} is missing`)
    else if (!THAI.test(String(text))) report(checking, where, `ข้อความ ${name} ไม่ใช่ภาษาไทย`, `${name} has no Thai letters`)
  }
  for (const [where, name, text] of [...labels(definition), ...sources(definition)])
    if (isBlank(text)) report(checking, where, `ไม่มี ${name}`, `${name} is missing`)
}

const isBlank = (text: unknown): boolean => typeof text !== 'string' || text.trim() === ''

/** Texts that must be Thai. */
function sentences(definition: Definition): Text[] {
  const { settings, cover, members, sections, questions, indicators, rules, notice } = definition
  return [
    ['version', 'name_th', definition.name_th],
    ...settings.map(({ name, label_th }): Text => [`setting.${name}`, 'label_th', label_th]),
    ...cover.map(({ id, label_th }): Text => [`cover.${id}`, 'label_th', label_th]),
    ...members.map(({ id, label_th }): Text => [`members.${id}`, 'label_th', label_th]),
    ...sections.map(({ id, title_th }): Text => [`section ${id}`, 'title_th', title_th]),
    ...sections.flatMap(({ screens }) => screens.map(({ id, title_th }): Text => [`screen ${id}`, 'title_th', title_th])),
    ...questions.map(({ id, text_th }): Text => [`question ${id}`, 'text_th', text_th]),
    ...questions.filter(({ kind }) => kind === 'people').map(({ id, everyone_th }): Text => [`question ${id}`, 'everyone_th', everyone_th]),
    ...indicators.flatMap((indicator) => (['name_th', 'plain_th', 'advice_th'] as const).map((name): Text => [`indicator ${indicator.no}`, name, indicator[name]])),
    ...rules.map(({ id, message_th }): Text => [`rule ${id}`, 'message_th', message_th]),
    ...noticeTexts(notice),
  ]
}

function noticeTexts(notice: Definition['notice'] | undefined): Text[] {
  const paragraphs = notice?.paragraphs ?? []
  return [
    ['notice', 'title_th', notice?.title_th],
    ['notice', 'text_th', paragraphs.map(({ text_th }) => text_th).join(' ')],
  ]
}

/** Names of choices and groups: "OTOP" may stand alone. */
function labels({ cover, members, questions }: Definition): Text[] {
  const asked = [
    ...cover.map((field) => [`cover.${field.id}`, field.options] as const),
    ...members.map((field) => [`members.${field.id}`, field.options] as const),
    ...questions.map((question) => [`question ${question.id}`, [...(question.options ?? []), ...(question.groups ?? [])]] as const),
  ]
  return asked.flatMap(([where, options]) => (options ?? []).map(({ name, label_th }): Text => [where, `label_th (${name})`, label_th]))
}

/** Where each indicator, rule, question and setting comes from. */
function sources({ settings, questions, indicators, rules }: Definition): Text[] {
  return [
    ...settings.map(({ name, source }): Text => [`setting.${name}`, 'source', source]),
    ...questions.map(({ id, source }): Text => [`question ${id}`, 'source', source]),
    ...indicators.map(({ no, source }): Text => [`indicator ${no}`, 'source', source]),
    ...rules.map(({ id, source }): Text => [`rule ${id}`, 'source', source]),
  ]
}
