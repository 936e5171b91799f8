/** Where nothing has the focus any more, the page's content gets it: a keyboard would begin at the top of everything. */
export function keepFocus(): void {
  if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
}
