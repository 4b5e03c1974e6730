export interface Download {
  name: string;
  content: Blob;
}

/** Gives a file to the browser. */
export function save({ name, content }: Download): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click: freeing it at once cancels the download in some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
