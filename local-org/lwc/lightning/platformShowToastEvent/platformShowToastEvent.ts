/** Stand-in for lightning/platformShowToastEvent; the frame listens for the event and shows the toast. */

export const ShowToastEventName = 'lightning__showtoast';

export class ShowToastEvent extends CustomEvent<Record<string, unknown>> {
  constructor(toast: Record<string, unknown>) {
    super(ShowToastEventName, { detail: toast, bubbles: true, composed: true, cancelable: true });
  }
}
