/** 'Something changed' between the tabs, the worker and this page; it carries a topic and nothing else. */

export type Topic = 'outbox' | 'drafts' | 'lists' | 'account' | 'lock'

export interface Notices {
  tell(topic: Topic): void
  /** Calls back for changes made here and elsewhere, until the returned function is called. */
  listen(hear: (topic: Topic) => void): () => void
  close(): void
}

export function openNotices(): Notices {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('jpt')
  const hearers = new Set<(topic: Topic) => void>()
  const spread = (topic: Topic) => hearers.forEach((hear) => hear(topic))
  if (channel) channel.onmessage = ({ data }: MessageEvent<Topic>) => spread(data)
  return {
    tell: (topic) => {
      spread(topic)
      channel?.postMessage(topic)
    },
    listen: (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    close: () => channel?.close(),
  }
}
