/** Gives a file to the person: shared where phones share files, else downloaded. */
export async function handOver(blob: Blob, name: string): Promise<void> {
  const file = new File([blob], name, { type: blob.type })
  if (!navigator.canShare?.({ files: [file] })) return download(blob, name)
  return navigator.share({ files: [file] }).catch((error: unknown) => {
    // Closing the share sheet is no error worth a word; a tap that lies too far back for the browser is: then the file is downloaded.
    if (!(error instanceof DOMException && error.name === 'AbortError')) download(blob, name)
  })
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
