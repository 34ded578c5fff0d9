/** Who is logged on, as the server said when the page was opened. */

/** A person who may log on to the local org. */
export interface OrgUser {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly initials: string;
}

/** The session of this page; it changes only by logging on anew, which loads the page again. */
export interface Session {
  readonly user: OrgUser;
  readonly users: readonly OrgUser[];
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
  readonly orgName: string;
  readonly home: string;
  readonly hasFaults: boolean;
}

declare global {
  /** Set by /session.js, which runs before the page's script. */
  var gangwaySession: Session;
}

export const session: Session = globalThis.gangwaySession;
