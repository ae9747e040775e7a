/** The page of what became of the risks that a panel reads, as an address. */
export function panelRisksPath(panel: string): string {
  return `/panels/${panel}/risks`;
}
