/** Stand-in for lightning/actions; the frame closes the dialog when it hears this event. */

export class CloseActionScreenEvent extends CustomEvent<undefined> {
  constructor() {
    super('lightning__actionsclosescreen', { bubbles: true, composed: true });
  }
}
