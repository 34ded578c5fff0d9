/** Thrown for a request that names what is not there, with a sentence for the one who sent it. */
export class IdocRequestError extends Error {}
