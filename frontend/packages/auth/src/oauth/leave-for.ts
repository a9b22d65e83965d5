/** Leaves our pages. The page that decided is no place to come back to: "Back" leads to the program. */
export function leaveFor(address: string): void {
  window.location.replace(address);
}
