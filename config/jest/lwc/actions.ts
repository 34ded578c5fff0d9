/** Stand-in of lightning/actions, which sfdx-lwc-jest lacks. */
export class CloseActionScreenEvent extends CustomEvent<void> {
  constructor() {
    super('lightning__actionsclosescreen', { bubbles: true, composed: true });
  }
}
