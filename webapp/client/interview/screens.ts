/** What is seen of each step of an interview. */
import type { TemplateResult } from 'lit-html'
import type { Context } from './context.ts'
import { contentsScreen } from './contents.ts'
import { coverScreen } from './cover.ts'
import { evidenceScreen } from './evidence.ts'
import { finishScreen } from './finish.ts'
import { memberScreen } from './member-form.ts'
import { membersScreen } from './members.ts'
import { noticeScreen } from './notice.ts'
import { questionScreen } from './question.ts'
import { resultScreen } from './result.ts'
import { reviewScreen } from './review.ts'

export const screens: Record<string, (context: Context) => TemplateResult> = {
  notice: noticeScreen,
  cover: coverScreen,
  members: membersScreen,
  member: memberScreen,
  contents: contentsScreen,
  question: questionScreen,
  result: resultScreen,
  evidence: evidenceScreen,
  finish: finishScreen,
  review: reviewScreen,
}
